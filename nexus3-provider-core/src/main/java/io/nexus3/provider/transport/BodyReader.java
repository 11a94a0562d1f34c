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
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Reads the body of a 2xx answer. Its first byte tells what it is, because servers send
 * JSON where events were asked for, events where JSON was, and either under any content
 * type. One per answer; not thread-safe.
 */
final class BodyReader<T> {

	private final AnswerReader<T> reader;

	private final @Nullable RawLog rawLog;

	private final SseDecoder events;

	private final BodyStart start;

	private final JsonBody json;

	private final int status;

	private @Nullable Form form;

	private List<T> out = new ArrayList<>();

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
		return body.map(this::read)
			.takeUntil((events) -> this.failure != null)
			.concatWith(Flux.defer(this::end))
			.concatWith(Mono.defer(() -> (this.failure != null) ? Mono.error(this.failure) : Mono.empty()));
	}

	/** What a buffer means, possibly nothing yet. The buffer is released. */
	private List<T> read(DataBuffer buffer) {
		return collect(() -> {
			try (DataBuffer.ByteBufferIterator slices = buffer.readableByteBuffers()) {
				while (slices.hasNext() && !this.finished) {
					read(slices.next());
				}
			}
			finally {
				DataBufferUtils.release(buffer);
			}
		});
	}

	private List<T> collect(Runnable reading) {
		List<T> out = new ArrayList<>(4);
		this.out = out;
		try {
			reading.run();
		}
		catch (RuntimeException ex) {
			this.failure = ex;
		}
		return out;
	}

	private void read(ByteBuffer bytes) {
		if (this.form == null) {
			this.form = this.start.look(bytes);
			if (this.form == null) {
				return;
			}
			feed(ByteBuffer.wrap(this.start.held()));
		}
		feed(bytes);
	}

	private void feed(ByteBuffer bytes) {
		if (this.form == Form.JSON) {
			this.json.add(bytes);
			return;
		}
		if (this.rawLog != null && bytes.hasRemaining()) {
			this.rawLog.chunk(bytes);
		}
		if (this.form == Form.HTML) {
			this.start.keep(bytes);
			return;
		}
		if (!this.anyFrame) {
			this.start.keep(bytes.duplicate());
		}
		try {
			this.events.feed(bytes);
		}
		catch (SseEventTooLargeException ex) {
			throw ProviderException.of(ErrorKind.RESPONSE_TOO_LARGE,
					"An event of the stream exceeds the limit sse-event of " + ex.limit() + " bytes");
		}
	}

	/** What only the end makes sure. */
	private Flux<List<T>> end() {
		if (this.failure != null) {
			return Flux.empty();
		}
		return Flux.just(collect(this::finish));
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
