package io.nexus3.provider.test.model;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.nexus3.provider.test.model.Prompt.Tool;
import io.nexus3.provider.test.model.Prompt.ToolResult;
import io.nexus3.provider.test.model.Prompt.Turn;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A language model without language: the same prompt always gives the same, readable
 * answer. It calls a tool whose name or description fits the user's words, puts tool
 * results into a sentence, and follows a JSON schema if it must. Safe for use by any
 * thread.
 *
 * @since 0.1.0
 */
public final class SimulatedModel implements Function<Prompt, Answer> {

	private static final int MAX_QUOTE = 200;

	private final JsonMapper mapper = JsonMapper.builder().build();

	/**
	 * Answers a prompt.
	 * @param prompt the prompt
	 * @return the answer; with reasoning if the prompt asks for it
	 */
	@Override
	public Answer apply(Prompt prompt) {
		Answer answer = answer(prompt);
		return prompt.reasoning() ? answer.withReasoning(reasoning(prompt, answer)) : answer;
	}

	private Answer answer(Prompt prompt) {
		Turn turn = prompt.turn();
		List<Tool> tools = turn.results().isEmpty() ? ToolPicker.pick(prompt) : List.of();
		if (!tools.isEmpty()) {
			return new Answer("", "", tools.stream()
				.map((tool) -> new Answer.Call(tool.name(), new SchemaFiller(tool.schema(), turn.userText()).fill()))
				.toList(), false);
		}
		if (prompt.answerSchema() != null) {
			return Answer.text(new SchemaFiller(prompt.answerSchema(), turn.userText()).fill().toString());
		}
		return Answer.text(turn.results().isEmpty() ? talk(prompt) : report(turn.results()));
	}

	private String talk(Prompt prompt) {
		Turn turn = prompt.turn();
		StringBuilder text = new StringBuilder();
		text.append("You wrote: “").append(quote(turn.userText())).append("”. ");
		if (turn.images() + turn.files() > 0) {
			text.append("I can see what came with it: ").append(attachments(turn)).append(". ");
		}
		text.append("I am ")
			.append(prompt.model())
			.append(", or rather a simulation of it, so these sentences come from a script and cost nothing. ");
		if (turn.number() > 1) {
			text.append("This is message number ").append(turn.number()).append(" of our conversation. ");
		}
		text.append(
				"The rest is real: your words came here over HTTP, and mine go back the way a provider sends them.");
		if (!prompt.tools().isEmpty()) {
			text.append(" I could also call ")
				.append(prompt.tools().stream().map(Tool::name).collect(Collectors.joining(" or ")))
				.append(" if you ask for it.");
		}
		return text.toString();
	}

	private static String attachments(Turn turn) {
		String images = count(turn.images(), "image");
		String files = count(turn.files(), "file");
		return (turn.images() == 0) ? files : ((turn.files() == 0) ? images : images + " and " + files);
	}

	private static String count(int number, String noun) {
		return number + " " + noun + ((number == 1) ? "" : "s");
	}

	private String report(List<ToolResult> results) {
		return results.stream()
			.map((result) -> "According to " + result.name() + ": " + quote(plain(result.text())) + ".")
			.collect(Collectors.joining(" ", "", " That is all the tools told me."));
	}

	/**
	 * A JSON object as words, anything else as it is.
	 */
	private String plain(String text) {
		try {
			JsonNode node = this.mapper.readTree(text);
			if (node.isObject() && !node.isEmpty()) {
				return node.properties()
					.stream()
					.map((entry) -> entry.getKey() + " " + value(entry.getValue()))
					.collect(Collectors.joining(", "));
			}
			return value(node);
		}
		catch (JacksonException ex) {
			return text;
		}
	}

	private static String value(JsonNode node) {
		return node.isString() ? node.asString("") : node.toString();
	}

	private String reasoning(Prompt prompt, Answer answer) {
		String start = "The user wrote “" + quote(prompt.turn().userText()) + "”. ";
		if (!answer.calls().isEmpty()) {
			return start + "The tool " + answer.calls().get(0).name() + " fits that, so I will call it.";
		}
		if (!prompt.turn().results().isEmpty()) {
			return start + "The tools have answered, so I will put their results into a sentence.";
		}
		return start + "No tool is needed for that, so I will answer in a few plain sentences.";
	}

	private static String quote(String text) {
		String line = text.strip().replaceAll("\\s+", " ");
		if (line.codePointCount(0, line.length()) <= MAX_QUOTE) {
			return line;
		}
		return line.substring(0, line.offsetByCodePoints(0, MAX_QUOTE)) + "…";
	}

}
