package io.nexus3.provider.transport.sse;

import java.util.ArrayList;
import java.util.List;

import io.nexus3.provider.wire.SseFrame;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SseDecoderEndTests {

	private final List<String> events = new ArrayList<>();

	private final SseDecoder decoder = new SseDecoder(1000, this::add);

	private String lastWanted = "none";

	@Test
	void aLastEventWithoutItsBlankLineIsDeliveredAtACleanEnd() {
		feed("event: message_stop\ndata: {}\n");
		assertThat(this.events).isEmpty();
		this.decoder.finish();
		assertThat(this.events).containsExactly("{}");
	}

	@Test
	void aLastEventWithoutAnyLineEndIsDeliveredAtACleanEnd() {
		feed("data: a\ndata: b");
		this.decoder.finish();
		assertThat(this.events).containsExactly("a\nb");
	}

	@Test
	void aLastEventThatIsSeveralJsonLinesIsDeliveredLineByLine() {
		feed("data: {}\ndata: [DONE]\n");
		this.decoder.finish();
		assertThat(this.events).containsExactly("{}", "[DONE]");
	}

	@Test
	void aLastEventWhoseDataIsEmptyIsDropped() {
		feed("event: ping\ndata:");
		this.decoder.finish();
		assertThat(this.events).isEmpty();
	}

	@Test
	void aLastLineThatIsACommentDeliversNothing() {
		feed("data: a\n\n: bye");
		this.decoder.finish();
		assertThat(this.events).containsExactly("a");
	}

	@Test
	void withoutACleanEndAnUnfinishedEventIsNeverDelivered() {
		feed("data: a\n\ndata: b\n");
		assertThat(this.events).containsExactly("a");
	}

	@Test
	void finishingTwiceDeliversOnce() {
		feed("data: a\n");
		this.decoder.finish();
		this.decoder.finish();
		assertThat(this.events).containsExactly("a");
		assertThat(this.decoder.ended()).isTrue();
	}

	@Test
	void whatIsFedAfterTheEndIsIgnored() {
		this.decoder.finish();
		feed("data: a\n\n");
		assertThat(this.events).isEmpty();
	}

	@Test
	void aHandlerThatHasEnoughGetsNothingMore() {
		this.lastWanted = "b";
		feed("data: a\n\ndata: b\n\ndata: c\n\ndata: d");
		feed("data: e\n\n");
		this.decoder.finish();
		assertThat(this.events).containsExactly("a", "b");
		assertThat(this.decoder.ended()).isTrue();
	}

	@Test
	void aHandlerThatHasEnoughGetsNoFurtherLineOfTheSameEvent() {
		this.lastWanted = "[DONE]";
		feed("data: {}\ndata: [DONE]\ndata: {}\n\n");
		assertThat(this.events).containsExactly("{}", "[DONE]");
	}

	@Test
	void aHandlerThatFailsEndsTheDecoder() {
		SseDecoder failing = new SseDecoder(100, (frame) -> {
			this.events.add(frame.text());
			throw new IllegalStateException("no");
		});
		byte[] stream = "data: a\n\ndata: b\n\ndata: c".getBytes(UTF_8);
		assertThatIllegalStateException().isThrownBy(() -> failing.feed(stream, 0, stream.length)).withMessage("no");
		failing.feed(stream, 0, stream.length);
		failing.finish();
		assertThat(this.events).containsExactly("a");
		assertThat(failing.ended()).isTrue();
	}

	@Test
	void aDecoderThatWasNotStoppedHasNotEnded() {
		feed("data: [DONE]\n\n");
		assertThat(this.decoder.ended()).isFalse();
	}

	@Test
	void aSliceOutsideItsArrayIsRefused() {
		assertThatExceptionOfType(IndexOutOfBoundsException.class)
			.isThrownBy(() -> this.decoder.feed(new byte[4], 2, 3));
	}

	private void feed(String text) {
		byte[] bytes = text.getBytes(UTF_8);
		this.decoder.feed(bytes, 0, bytes.length);
	}

	private boolean add(SseFrame frame) {
		this.events.add(frame.text());
		return !frame.text().equals(this.lastWanted);
	}

}
