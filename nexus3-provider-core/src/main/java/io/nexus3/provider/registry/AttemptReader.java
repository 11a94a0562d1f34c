package io.nexus3.provider.registry;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.ErrorDetails;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.StreamComplete;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.StreamSummary;
import io.nexus3.provider.VendorError;
import io.nexus3.provider.protocol.AnswerDecoder;
import io.nexus3.provider.wire.AnswerReader;
import io.nexus3.provider.wire.HttpFailure;
import io.nexus3.provider.wire.SseFrame;
import io.nexus3.provider.wire.WireHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer of one attempt: the protocol's decoder on the transport's bytes, with
 * an eye on the clocks. Runs on the connection's event loop; a call that is ended from
 * outside asks for the partial message meanwhile, hence the lock on the decoder.
 */
final class AttemptReader implements AnswerReader<StreamEvent> {

	private final AnswerDecoder decoder;

	private final AttemptClocks clocks;

	private final Function<HttpFailure, ProviderException> failures;

	private final CallTimes times;

	private final EndMarkerWarning endMarker;

	private volatile boolean reused;

	private volatile boolean sent;

	private volatile int status;

	private volatile @Nullable WireHeaders headers;

	private boolean streamed;

	private volatile boolean bodyRead;

	private boolean completed;

	/**
	 * Where events go, kept as long as it is the same: made anew it costs every event.
	 */
	private @Nullable List<? super StreamEvent> out;

	private Consumer<StreamEvent> events = (event) -> {
	};

	AttemptReader(AnswerDecoder decoder, AttemptClocks clocks, Function<HttpFailure, ProviderException> failures,
			CallTimes times, EndMarkerWarning endMarker) {
		this.endMarker = endMarker;
		this.decoder = decoder;
		this.clocks = clocks;
		this.failures = failures;
		this.times = times;
	}

	@Override
	public void connected(boolean reused) {
		this.reused = reused;
		this.clocks.connected();
	}

	@Override
	public void requestSent() {
		this.sent = true;
		this.clocks.requestSent();
	}

	@Override
	public void head(int status, WireHeaders headers) {
		this.headers = headers;
		this.status = status;
		if (status >= 200 && status < 300 && status != 204 && status != 205) {
			this.clocks.head();
		}
		else {
			// The status is the failure; how long its body may take, the transport knows.
			this.clocks.stop();
		}
	}

	@Override
	public synchronized boolean frame(SseFrame frame, List<? super StreamEvent> out) {
		this.streamed = true;
		int before = out.size();
		if (out != this.out) {
			this.out = out;
			this.events = out::add;
		}
		this.decoder.frame(frame, this.events);
		if (before == 0 && !out.isEmpty()) {
			// What one buffer holds has come at one time: the clocks look once.
			this.times.event();
			this.clocks.event();
		}
		if (this.decoder.terminated()) {
			complete(null, out);
			return false;
		}
		return true;
	}

	@Override
	public synchronized void json(byte[] body, List<? super StreamEvent> out) {
		this.decoder.json(body, out::add);
		this.times.event();
	}

	@Override
	public synchronized void end(@Nullable String strayErrorLine, List<? super StreamEvent> out) {
		this.bodyRead = true;
		complete(strayErrorLine, out);
	}

	/** The connection is lost: deliver the message if nothing of it can be missing. */
	synchronized boolean completeAfterLoss(List<? super StreamEvent> out) {
		if (this.completed || !this.decoder.complete()) {
			return false;
		}
		complete(null, out);
		return true;
	}

	private void complete(@Nullable String strayErrorLine, List<? super StreamEvent> out) {
		AssistantMessage message = this.decoder.finish(strayErrorLine, out::add);
		this.completed = true;
		if (this.streamed && !this.decoder.terminated()) {
			this.endMarker.missing();
		}
		this.times.event();
		out.add(new StreamComplete(message, new StreamSummary(this.decoder.frames(), message.text().length(),
				message.toolCalls().size(), this.decoder.terminated(), this.times.firstEvent(), this.times.total())));
	}

	@Override
	public RuntimeException failure(HttpFailure failure) {
		return this.failures.apply(failure);
	}

	boolean completed() {
		return this.completed;
	}

	/** Whether nothing of the body is left. */
	boolean bodyRead() {
		return this.bodyRead;
	}

	boolean stale() {
		return this.reused && this.headers == null;
	}

	boolean sent() {
		return this.sent;
	}

	@Nullable Integer status() {
		return (this.headers != null) ? Integer.valueOf(this.status) : null;
	}

	@Nullable WireHeaders headers() {
		return this.headers;
	}

	@Nullable String requestId() {
		WireHeaders headers = this.headers;
		return (headers != null) ? headers.requestId() : null;
	}

	/** What had arrived, or null when nothing had. */
	synchronized @Nullable AssistantMessage partial() {
		AssistantMessage partial = this.decoder.partial();
		return partial.parts().isEmpty() ? null : partial;
	}

	/**
	 * What had arrived, even if it is only the usage, or null when no answer had begun.
	 */
	@Nullable AssistantMessage arrived() {
		if (this.headers == null) {
			return null;
		}
		synchronized (this) {
			return this.decoder.partial();
		}
	}

	/** The error with what is known about the answer's head. */
	ProviderException withHead(ProviderException error) {
		VendorError vendor = error.vendor();
		if (this.headers == null || (vendor.status() != null && vendor.requestId() != null)) {
			return error;
		}
		Integer status = (vendor.status() != null) ? vendor.status() : status();
		String requestId = (vendor.requestId() != null) ? vendor.requestId() : requestId();
		ErrorDetails details = error.details()
			.withVendor(
					new VendorError(status, vendor.type(), vendor.code(), vendor.message(), vendor.body(), requestId));
		return error.withDetails(details);
	}

	/**
	 * When things happened in a call.
	 */
	static final class CallTimes {

		private final CallClock clock;

		private final long start;

		private @Nullable Duration firstEvent;

		CallTimes(CallClock clock) {
			this.clock = clock;
			this.start = clock.nanos().getAsLong();
		}

		void event() {
			if (this.firstEvent == null) {
				this.firstEvent = total();
			}
		}

		Duration firstEvent() {
			return (this.firstEvent != null) ? this.firstEvent : total();
		}

		Duration total() {
			return this.clock.since(this.start);
		}

	}

}
