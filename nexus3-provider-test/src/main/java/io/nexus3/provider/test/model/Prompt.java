package io.nexus3.provider.test.model;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a simulated model is asked, whatever the wire format was.
 *
 * @param model the model id that the caller named
 * @param turn what the conversation ends with
 * @param tools the tools that may be called; empty if calling is forbidden
 * @param mustCall whether a tool has to be called
 * @param parallelCalls whether several tools may be called at once
 * @param reasoning whether the caller wants the model to reason first
 * @param answerSchema the JSON schema that the answer must follow, or {@code null} for
 * free text
 * @since 0.1.0
 */
public record Prompt(String model, Turn turn, List<Tool> tools, boolean mustCall, boolean parallelCalls,
		boolean reasoning, @Nullable JsonNode answerSchema) {

	/**
	 * Copies the tools.
	 */
	public Prompt {
		tools = List.copyOf(tools);
	}

	/**
	 * The end of the conversation.
	 *
	 * @param userText the text of the last user message; empty if there is none
	 * @param number which user message that is, from 1; 0 if there is none
	 * @param images how many images it carries
	 * @param files how many other attachments it carries
	 * @param results the tool results that follow the last assistant message; empty if
	 * the conversation ends with something else
	 */
	public record Turn(String userText, int number, int images, int files, List<ToolResult> results) {

		/**
		 * Copies the results.
		 */
		public Turn {
			results = List.copyOf(results);
		}

	}

	/**
	 * A tool on offer.
	 *
	 * @param name its name
	 * @param description what it does; empty if not said
	 * @param schema the JSON schema of its arguments
	 */
	public record Tool(String name, String description, JsonNode schema) {
	}

	/**
	 * The result of an earlier call.
	 *
	 * @param name the tool's name
	 * @param text the result as text
	 */
	public record ToolResult(String name, String text) {
	}

}
