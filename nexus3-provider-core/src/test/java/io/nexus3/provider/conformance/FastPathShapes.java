package io.nexus3.provider.conformance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.nexus3.provider.conformance.FastPathTests.Shape;

/**
 * Streams as vendors shape them; a percent sign stands for the text of an event.
 */
final class FastPathShapes {

	private static final List<String> WORDS = List.of("Hello", " world", ",", " how", "\\n", " are", " you", "?");

	private FastPathShapes() {
	}

	static List<Shape> all() {
		return List.of(
				openAi("plain",
						"{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%\"}}]}"),
				openAi("padded",
						"{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%\"}}],\"obfuscation\":\"x%\"}"),
				openAi("padded in front", "{\"p\":\"ab%\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%\"}}]}"),
				openAi("reasoning",
						"{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\",\"reasoning_content\":\"%\"}}]}"),
				openAi("reasoning twice",
						"{\"choices\":[{\"index\":0,\"delta\":{\"reasoning\":\"%\",\"reasoning_content\":\"%\"}}]}"),
				openAi("reasoning with details",
						"{\"choices\":[{\"delta\":{\"reasoning\":\"%\",\"reasoning_details\":[{\"text\":\"%\"}]}}]}"),
				openAi("log probabilities",
						"{\"choices\":[{\"delta\":{\"content\":\"%\"},\"logprobs\":{\"content\":[{\"token\":\"a\"}]}}]}"),
				openAi("two choices",
						"{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%\"}},{\"index\":1,\"delta\":{\"content\":\"%\"}}]}"),
				openAi("another choice", "{\"choices\":[{\"delta\":{\"content\":\"%\"},\"index\":1}]}"),
				openAi("delta and message",
						"{\"choices\":[{\"message\":{\"content\":\"%\"},\"delta\":{\"content\":\"%\"}}]}"),
				openAi("the same field twice",
						"{\"choices\":[{\"delta\":{\"content\":\"%\",\"content\":\"again\",\"reasoning\":\"r\",\"reasoning\":\"\"}}]}"),
				openAi("a tool call",
						"{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"t\",\"function\":{\"name\":\"f\",\"arguments\":\"%\"}}]}}]}"),
				openAi("a tool call in pieces",
						"{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"%\"}}]}}]}"),
				openAi("two tool calls",
						"{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"%\"}},{\"index\":1,\"function\":{\"arguments\":\"\"}}]}}]}"),
				openAi("usage in every event",
						"{\"choices\":[{\"delta\":{\"content\":\"%\"}}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}"),
				openAi("a finish reason in every event",
						"{\"choices\":[{\"delta\":{\"content\":\"%\"},\"finish_reason\":\"\"}],\"system_fingerprint\":\"fp\"}"),
				openAi("refusal", "{\"choices\":[{\"delta\":{\"refusal\":\"%\"}}]}"),
				anthropic("text", "text", "{\"type\":\"text_delta\",\"text\":\"%\"}"),
				anthropic("thinking", "thinking", "{\"type\":\"thinking_delta\",\"thinking\":\"%\"}"),
				anthropic("signature", "thinking", "{\"type\":\"signature_delta\",\"signature\":\"%\"}"),
				anthropic("arguments", "tool_use", "{\"type\":\"input_json_delta\",\"partial_json\":\"%\"}"),
				anthropic("two strings", "text", "{\"type\":\"text_delta\",\"text\":\"%\",\"thinking\":\"%\"}"),
				anthropic("citations", "text", "{\"type\":\"text_delta\",\"text\":\"%\",\"citation\":{\"a\":\"%\"}}"));
	}

	private static Shape openAi(String name, String event) {
		List<byte[]> frames = new ArrayList<>();
		frames.add(utf8("{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}"));
		WORDS.forEach((word) -> frames.add(utf8(event.replace("%", word))));
		frames.add(utf8("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}"));
		frames.add(utf8("[DONE]"));
		return new Shape(name, false, frames);
	}

	private static Shape anthropic(String name, String block, String delta) {
		List<byte[]> frames = new ArrayList<>();
		frames.add(utf8("{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"model\":\"x\",\"content\":[]}}"));
		frames.add(utf8("{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"" + block
				+ "\",\"id\":\"t\",\"name\":\"f\",\"text\":\"\",\"thinking\":\"\",\"input\":{}}}"));
		WORDS.forEach((word) -> frames
			.add(utf8("{\"type\":\"content_block_delta\",\"index\":0,\"delta\":" + delta.replace("%", word) + "}")));
		frames.add(utf8("{\"type\":\"content_block_stop\",\"index\":0}"));
		frames.add(utf8(
				"{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":3}}"));
		frames.add(utf8("{\"type\":\"message_stop\"}"));
		return new Shape(name, true, frames);
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
