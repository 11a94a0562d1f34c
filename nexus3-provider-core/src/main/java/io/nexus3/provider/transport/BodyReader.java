package io.nexus3.provider.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.config.Limits;
import io.nexus3.provider.transport.sse.SseDecoder;
import io.nexus3.provider.transport.sse.SseEventTooLargeException;
import io.nexus3.provider.wire.AnswerReader;
import io.nexus3.provider.wire.WireHeaders;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Reads the body of a 2xx answer. Its first byte tells what it is, because servers send
 * JSON where events were asked for, events where JSON was, and either under any content
 * type. One per answer; not thread-safe.
 */
final class BodyReader<T> {

	private static final int LARGEST_PIECE = 16 * 1024;

	private static final byte[] NOTHING = new byte[0];

	private final AnswerReader<T> reader;

	private final @Nullable RawLog rawLog;

	private final SseDecoder events;

	private final BodyStart start;

	private final JsonBody json;

	private final int status;

	private @Nullable Form form;

	private final List<T> out = new ArrayList<>();

	private byte[] piece = NOTHING;

	private boolean anyFrame;

	private boolean finished;

	private @Nullable RuntimeException failure;

	BodyReader(int status, WireHeaders headers, AttemptRequest<T> attempt, Limits limits) {
		this.status = status;
		this.reader = attempt.reader();
		this.rawLog = attempt.rawLog();
		this.start = new BodyStart(headers.first("content-type"));
		this.json = new JsonBody(limits.responseBody());
		this.events = new SseDecoder(limits.sseEvent(), (frame) -> {
			this.anyFrame = true;
			boolean more = this.reader.frame(frame, this.out);
			this.finished = !more;
			return more;
		});
	}

	/**
	 * What a body means: a list for each buffer, possibly an empty one, and one for its
	 * end. What stands before a fault is delivered before the fault.
	 */
	Flux<List<T>> read(Flux<DataBuffer> body) {
		return new BodyFlux<>(body, this);
	}

	/** What a buffer means, possibly nothing yet. The buffer is released. */
	List<T> read(DataBuffer buffer) {
		try {
			while (buffer.readableByteCount() > 0 && !this.finished) {
				int length = Math.min(buffer.readableByteCount(), LARGEST_PIECE);
				if (length > this.piece.length) {
					this.piece = new byte[Math.min(Math.max(length, 2 * this.piece.length), LARGEST_PIECE)];
				}
				// One copy costs less than a view of the buffer, which is off the heap.
				buffer.read(this.piece, 0, length);
				read(this.piece, length);
			}
		}
		catch (RuntimeException ex) {
			this.failure = ex;
		}
		finally {
			DataBufferUtils.release(buffer);
		}
		return taken();
	}

	/** What only the end makes sure. */
	List<T> end() {
		try {
			finish();
		}
		catch (RuntimeException ex) {
			this.failure = ex;
		}
		return taken();
	}

	/** The fault that ends the answer, or null. */
	@Nullable RuntimeException failure() {
		return this.failure;
	}

	/** Most buffers hold one event. */
	private List<T> taken() {
		List<T> taken = switch (this.out.size()) {
			case 0 -> List.of();
			case 1 -> List.of(this.out.get(0));
			default -> new ArrayList<>(this.out);
		};
		this.out.clear();
		return taken;
	}

	private void read(byte[] bytes, int length) {
		if (this.form == null) {
			this.form = this.start.look(ByteBuffer.wrap(bytes, 0, length));
			if (this.form == null) {
				return;
			}
			byte[] held = this.start.held();
			feed(held, held.length);
		}
		feed(bytes, length);
	}

	private void feed(byte[] bytes, int length) {
		if (this.form == Form.JSON) {
			if (bytes == this.piece && this.json.keep(bytes, length)) {
				this.piece = NOTHING;
			}
			else {
				this.json.add(bytes, length);
			}
			return;
		}
		if (this.rawLog != null && length > 0) {
			this.rawLog.chunk(ByteBuffer.wrap(bytes, 0, length));
		}
		if (this.form == Form.HTML || !this.anyFrame) {
			this.start.keep(ByteBuffer.wrap(bytes, 0, length));
		}
		if (this.form != Form.HTML) {
			feedEvents(bytes, length);
		}
	}

	private void feedEvents(byte[] bytes, int length) {
		try {
			this.events.feed(bytes, 0, length);
		}
		catch (SseEventTooLargeException ex) {
			throw ProviderException.of(ErrorKind.RESPONSE_TOO_LARGE,
					"An event of the stream exceeds the limit sse-event of " + ex.limit() + " bytes");
		}
	}

	private void finish() {
		if (this.form == Form.JSON) {
			finishJson();
		}
		else {
			finishEvents();
		}
		if (!this.finished) {
			this.reader.end(this.events.strayErrorLine(), this.out);
		}
	}

	private void finishJson() {
		byte[] body = this.json.bytes();
		if (this.rawLog != null) {
			this.rawLog.response(this.status, new String(body, StandardCharsets.UTF_8), false);
		}
		this.reader.json(body, this.out);
	}

	private void finishEvents() {
		this.events.finish();
		if (this.form == Form.HTML || (!this.anyFrame && this.start.isNoStream())) {
			throw ProviderException.of(ErrorKind.UNEXPECTED_CONTENT, "The answer with status " + this.status
					+ " is neither JSON nor an event stream: " + this.start.excerpt());
		}
	}

	/** What a body is. */
	enum Form {

		JSON, EVENTS, HTML

	}

}
