package io.nexus3.provider.transport;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import io.nexus3.provider.transport.BodyReader.Form;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the first bytes of a body to tell what it is. White space before them is kept
 * in small amounts only: servers send it for minutes to keep a connection alive.
 */
final class BodyStart {

	private static final int SAMPLE = 200;

	private static final int MOST_HELD = 64;

	private static final List<String> STREAM_STARTS = List.of(":", "data", "event", "id", "retry", "error");

	private final boolean declaredStream;

	private final ByteArrayOutputStream held = new ByteArrayOutputStream(0);

	private final StringBuilder sample = new StringBuilder(0);

	BodyStart(@Nullable String contentType) {
		this.declaredStream = contentType != null
				&& contentType.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
	}

	/** Tell the form, or null while only white space has come. */
	@Nullable Form look(ByteBuffer bytes) {
		for (int i = bytes.position(); i < bytes.limit(); i++) {
			byte b = bytes.get(i);
			if (!isSkipped(b)) {
				return (b == '{' || b == '[') ? Form.JSON : ((b == '<') ? Form.HTML : Form.EVENTS);
			}
		}
		while (bytes.hasRemaining() && this.held.size() < MOST_HELD) {
			this.held.write(bytes.get());
		}
		return null;
	}

	/** White space, and the bytes of a byte order mark. */
	private static boolean isSkipped(byte b) {
		return b == ' ' || b == '\t' || b == '\r' || b == '\n' || b == (byte) 0xEF || b == (byte) 0xBB
				|| b == (byte) 0xBF;
	}

	byte[] held() {
		return this.held.toByteArray();
	}

	void keep(ByteBuffer bytes) {
		int room = SAMPLE - this.sample.length();
		if (room > 0) {
			ByteBuffer slice = bytes.duplicate();
			slice.limit(Math.min(slice.limit(), slice.position() + room));
			this.sample.append(StandardCharsets.UTF_8.decode(slice));
		}
	}

	/**
	 * Whether what came without a single event is something else than an empty stream.
	 */
	boolean isNoStream() {
		String text = this.sample.toString().strip();
		return !text.isEmpty() && !this.declaredStream && STREAM_STARTS.stream().noneMatch(text::startsWith);
	}

	String excerpt() {
		return this.sample.toString().replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
	}

}
