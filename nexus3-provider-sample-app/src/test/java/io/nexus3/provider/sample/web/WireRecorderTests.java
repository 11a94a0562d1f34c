package io.nexus3.provider.sample.web;

import java.util.ArrayList;
import java.util.List;

import io.nexus3.provider.wire.RawLogListener;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WireRecorderTests {

	private static final RawLogListener.Attempt ATTEMPT = new RawLogListener.Attempt("call-1", "openai", "gpt", 2);

	private final List<CallEvent.Wire> events = new ArrayList<>();

	private final WireRecorder recorder = new WireRecorder(this.events::add, () -> 3);

	@Test
	void tellsRoundAndAttemptOfEachPiece() {
		this.recorder.onRequest(ATTEMPT, "https://host/v1", "{}");
		this.recorder.onResponse(ATTEMPT, 429, "slow down", true);
		this.recorder.onChunk(ATTEMPT, "data: 1");
		this.recorder.onEnd(ATTEMPT, "completed", null);
		assertThat(this.events).containsExactly(new CallEvent.Wire(3, 2, "request", null, "POST https://host/v1\n\n{}"),
				new CallEvent.Wire(3, 2, "response", 429, "slow down\n(cut)"),
				new CallEvent.Wire(3, 2, "chunk", null, "data: 1"), new CallEvent.Wire(3, 2, "end", null, "completed"));
	}

	@Test
	void saysWhyAnAttemptFailed() {
		this.recorder.onEnd(ATTEMPT, "failed", new IllegalStateException("it broke"));
		assertThat(this.events).extracting(CallEvent.Wire::text).containsExactly("failed: it broke");
	}

	@Test
	void shortensImages() {
		assertThat(WireRecorder.shortened("{\"url\":\"data:image/png;base64," + "A".repeat(4000) + "==\"}"))
			.isEqualTo("{\"url\":\"data:image/png;base64," + "A".repeat(24) + "… (4002 characters)\"}");
	}

	@Test
	void cutsWhatIsTooLongToRead() {
		assertThat(WireRecorder.shortened("a b ".repeat(20_000))).hasSizeLessThan(33_000)
			.endsWith("… (47232 more characters)");
	}

}
