package io.nexus3.provider.fuzz;

import org.jspecify.annotations.Nullable;

/**
 * Takes any bytes, and throws when something other than a typed error comes of them, or
 * when what comes depends on more than the bytes.
 */
enum FuzzTarget {

	SSE_DECODER(SseDecoderFuzz.class, new SseDecoderTarget()::run),

	OPENAI_STREAM(OpenAiStreamFuzz.class, new AnswerTarget("openai", "openrouter", "openai-compatible")::run),

	ANTHROPIC_STREAM(AnthropicStreamFuzz.class, new AnswerTarget("anthropic")::run),

	ERROR_BODY(ErrorBodyFuzz.class, new ErrorBodyTarget()::run),

	BASE_URL(BaseUrlFuzz.class, new BaseUrlTarget()::run);

	/** The class that Jazzer runs, which names the folder of the corpus too. */
	private final Class<?> owner;

	private final Body body;

	FuzzTarget(Class<?> owner, Body body) {
		this.owner = owner;
		this.body = body;
	}

	Class<?> owner() {
		return this.owner;
	}

	/** Run one input within its bounds; the first time may have to load classes. */
	void run(byte[] input) {
		if (measure(input) != null) {
			String exceeded = measure(input);
			if (exceeded != null) {
				throw new AssertionError(exceeded);
			}
		}
	}

	private @Nullable String measure(byte[] input) {
		Bounds bounds = Bounds.start();
		this.body.run(input);
		return bounds.exceeded(input.length);
	}

	private interface Body {

		void run(byte[] input);

	}

}
