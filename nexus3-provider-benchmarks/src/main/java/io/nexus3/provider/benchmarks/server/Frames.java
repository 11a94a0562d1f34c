package io.nexus3.provider.benchmarks.server;

/**
 * The events of a stream as text: what stands before the deltas, one delta, and what
 * stands behind them.
 */
final class Frames {

	private static final String[] WORDS = { " the", " of", " model", " answers", " with", " words", " one", " after",
			" another", " and", " tokens", " stream", " in", " small", " pieces", "." };

	private static final String PADDING = "aB3dE5fG7hJ9kL1mN";

	private static final long CREATED = 1_763_000_000L;

	private final Body body;

	private final int events;

	Frames(Body body, int events) {
		this.body = body;
		this.events = events;
	}

	/** What stands before the first delta. */
	String head() {
		return switch (this.body) {
			case ANTHROPIC -> """
					event: message_start
					data: {"type":"message_start","message":{"id":"msg_01Bench","type":"message","role":"assistant",\
					"model":"claude-sonnet-4-5","content":[],"stop_reason":null,"stop_sequence":null,\
					"usage":{"input_tokens":12,"output_tokens":1}}}

					event: content_block_start
					data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

					""";
			case TOOLS -> chunk(0, """
					{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_bench","type":"function",\
					"function":{"name":"search","arguments":""}}]}""", "null", "")
					+ chunk(1, fragment("{\\\"q\\\":\\\""), "null", "");
			default -> "";
		};
	}

	/** One delta that says a word. */
	String delta(int i) {
		String word = WORDS[i % WORDS.length];
		if (this.body == Body.TOOLS) {
			// Servers send arguments in larger pieces than words.
			word += WORDS[(i + 1) % WORDS.length] + WORDS[(i + 2) % WORDS.length] + WORDS[(i + 3) % WORDS.length];
		}
		return (this.body == Body.BIG_EVENT) ? text(i, "x".repeat(2 * 1024 * 1024)) : text(i, word);
	}

	/** One delta that says this. */
	String text(int i, String text) {
		if (this.body == Body.ANTHROPIC) {
			return """
					event: content_block_delta
					data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"%s"}}

					""".formatted(text);
		}
		if (this.body == Body.TOOLS) {
			return chunk(i, fragment(text), "null", "");
		}
		return chunk(i, "{\"role\":\"assistant\",\"content\":\"" + text + "\"}", "null", padding(i));
	}

	private static String fragment(String text) {
		return "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"" + text + "\"}}]}";
	}

	private String padding(int i) {
		return (this.body == Body.OBFUSCATED)
				? ",\"obfuscation\":\"" + PADDING.substring(0, 1 + (i * 7) % PADDING.length()) + "\"" : "";
	}

	private String chunk(int i, String delta, String finish, String padding) {
		long created = CREATED + ((this.body == Body.CHANGING) ? i : 0);
		return "data: {\"id\":\"gen-1763000000-bench0123456789abcd\",\"provider\":\"Bench\",\"model\":\"bench/model-1\","
				+ "\"object\":\"chat.completion.chunk\",\"created\":" + created
				+ ",\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish
				+ ",\"logprobs\":null}]" + padding + "}\n\n";
	}

	/** What stands behind the last delta. */
	String tail() {
		if (this.body == Body.ANTHROPIC) {
			return """
					event: content_block_stop
					data: {"type":"content_block_stop","index":0}

					event: message_delta
					data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},\
					"usage":{"output_tokens":%d}}

					event: message_stop
					data: {"type":"message_stop"}

					""".formatted(this.events);
		}
		String end = (this.body == Body.TOOLS) ? chunk(this.events, fragment("\\\"}"), "null", "") : "";
		String reason = (this.body == Body.TOOLS) ? "\"tool_calls\"" : "\"stop\"";
		return end + chunk(this.events, "{}", reason, padding(0)) + "data: [DONE]\n\n";
	}

	/** The JSON answer. */
	String json() {
		String text = (this.body == Body.BIG_ANSWER) ? "x".repeat(1024 * 1024)
				: "The model answers with words. ".repeat(34).strip();
		return """
				{"id":"gen-1763000000-bench0123456789abcd","provider":"Bench","model":"bench/model-1",\
				"object":"chat.completion","created":1763000000,"choices":[{"index":0,"logprobs":null,\
				"finish_reason":"stop","native_finish_reason":"stop","message":{"role":"assistant","content":"%s",\
				"refusal":null,"reasoning":null}}],"system_fingerprint":"fp_bench","usage":{"prompt_tokens":12,\
				"completion_tokens":204,"total_tokens":216,"prompt_tokens_details":{"cached_tokens":0},\
				"completion_tokens_details":{"reasoning_tokens":0}}}""".formatted(text);
	}

}
