package io.nexus3.provider;

/**
 * The model began to write a tool call. Sent once a call, before its
 * {@link ToolCallDelta}s. Do not act on it: a call is finished only in
 * {@link StreamComplete}.
 *
 * @param index the place of the call among the calls of the message, from 0
 * @param id the id of the call
 * @param name the tool's name
 * @since 0.1.0
 */
public record ToolCallStarted(int index, String id, String name) implements StreamEvent {

}
