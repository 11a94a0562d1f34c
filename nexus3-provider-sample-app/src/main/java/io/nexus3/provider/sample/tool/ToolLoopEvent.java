package io.nexus3.provider.sample.tool;

import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.ToolMessage;

/**
 * What happens in a {@link ToolLoop}.
 *
 * @since 0.1.0
 */
public sealed interface ToolLoopEvent {

	/**
	 * Which round it belongs to.
	 * @return its number, from 1
	 */
	int round();

	/**
	 * The model sent a piece of its answer.
	 *
	 * @param round the number of the round, from 1
	 * @param event the piece. A {@link io.nexus3.provider.StreamComplete} ends the round;
	 * one without tool calls ends the loop
	 */
	record Streamed(int round, StreamEvent event) implements ToolLoopEvent {

	}

	/**
	 * A tool call has its result.
	 *
	 * @param round the number of the round that the call belongs to, from 1
	 * @param index the place of the call among the calls of its message, from 0
	 * @param call the call
	 * @param result the result, as the model will read it
	 */
	record Answered(int round, int index, ToolCall call, ToolMessage result) implements ToolLoopEvent {

	}

}
