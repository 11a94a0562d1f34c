package io.nexus3.provider.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.test.http.BodyStep;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ReceivedRequest;
import io.nexus3.provider.test.http.ScriptedResponse;

/**
 * A call whose answer is numbers in sequence that nobody else's answer has, so that a
 * lost, doubled, reordered or foreign event shows in the text.
 *
 * @param id the number of the call
 * @param events how many pieces of text its answer has, at least 1
 */
record NumberedCall(int id, int events) {

	private static final Pattern PROMPT = Pattern.compile("#(\\d+)/(\\d+)#");

	/** What the caller sends. */
	CompletionRequest request() {
		return CompletionRequest.of("#" + this.id + "/" + this.events + "#");
	}

	/** What the server got. */
	static NumberedCall of(ReceivedRequest request) {
		Matcher prompt = PROMPT.matcher(new String(request.body(), StandardCharsets.UTF_8));
		if (!prompt.find()) {
			throw new IllegalArgumentException("No numbered call");
		}
		return new NumberedCall(Integer.parseInt(prompt.group(1)), Integer.parseInt(prompt.group(2)));
	}

	/** The text of the whole answer. */
	String text() {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < this.events; i++) {
			text.append(piece(i));
		}
		return text.toString();
	}

	private String piece(int index) {
		return this.id + "." + index + " ";
	}

	/** The answer in the format and form that was asked for. */
	ScriptedResponse answer(ReceivedRequest request) {
		boolean stream = new String(request.body(), StandardCharsets.UTF_8).contains("\"stream\":true");
		boolean anthropic = request.path().endsWith("/messages");
		if (!stream) {
			return ScriptedResponse.json(200, anthropic ? anthropicJson() : openAiJson());
		}
		return ScriptedResponse.sse().withBody(anthropic ? anthropicSteps() : openAiSteps());
	}

	/** The answer as a stream that waits after so many of its events. */
	ScriptedResponse gatedStream(int eventsBefore, Gate gate) {
		List<BodyStep> steps = openAiSteps();
		steps.add(eventsBefore, new BodyStep.Await(gate));
		return ScriptedResponse.sse().withBody(steps);
	}

	private List<BodyStep> openAiSteps() {
		List<BodyStep> steps = new ArrayList<>(this.events + 2);
		for (int i = 0; i < this.events; i++) {
			steps.add(write("data: {\"id\":\"c" + this.id
					+ "\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + piece(i)
					+ "\"},\"finish_reason\":null}]}\n\n"));
		}
		steps.add(write("""
				data: {"id":"c%d","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

				data: [DONE]

				""".formatted(this.id)));
		return steps;
	}

	private String openAiJson() {
		return """
				{"id":"c%d","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"%s"},\
				"finish_reason":"stop"}]}""".formatted(this.id, text());
	}

	private List<BodyStep> anthropicSteps() {
		List<BodyStep> steps = new ArrayList<>(this.events + 4);
		steps.add(event("message_start", """
				"message":{"id":"m%d","type":"message","role":"assistant","model":"m","content":[],\
				"usage":{"input_tokens":1,"output_tokens":1}}""".formatted(this.id)));
		steps.add(event("content_block_start", """
				"index":0,"content_block":{"type":"text","text":""}"""));
		for (int i = 0; i < this.events; i++) {
			steps.add(event("content_block_delta",
					"\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + piece(i) + "\"}"));
		}
		steps.add(event("content_block_stop", "\"index\":0"));
		steps.add(event("message_delta", """
				"delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":7}"""));
		steps.add(write("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"));
		return steps;
	}

	private static BodyStep event(String type, String fields) {
		return write("event: " + type + "\ndata: {\"type\":\"" + type + "\"," + fields + "}\n\n");
	}

	private String anthropicJson() {
		return """
				{"id":"m%d","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"%s"}],\
				"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":7}}"""
			.formatted(this.id, text());
	}

	private static BodyStep write(String text) {
		return new BodyStep.Write(text.getBytes(StandardCharsets.UTF_8));
	}

}
