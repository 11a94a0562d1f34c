package io.nexus3.provider.test.http;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One request with what became of its answer. Safe for use by any thread.
 *
 * @since 0.1.0
 */
public final class Exchange {

	private final ReceivedRequest request;

	private final CompletableFuture<Instant> closedByClient = new CompletableFuture<>();

	private final CompletableFuture<Void> answered = new CompletableFuture<>();

	private final AtomicLong bytesWritten = new AtomicLong();

	Exchange(ReceivedRequest request) {
		this.request = request;
	}

	/**
	 * Returns the request.
	 * @return the request as received
	 */
	public ReceivedRequest request() {
		return this.request;
	}

	/**
	 * Says when the client closed or reset the connection of this exchange, before the
	 * end of the answer or after it.
	 * @return a future with the time at which the server saw the close; cancelled if the
	 * server closed first or the connection went on to serve another request
	 */
	public CompletableFuture<Instant> closedByClient() {
		return this.closedByClient;
	}

	/**
	 * Says when the script was carried out to its end.
	 * @return a future that completes when the last byte was handed to the socket;
	 * cancelled if the connection was lost before
	 */
	public CompletableFuture<Void> answered() {
		return this.answered;
	}

	/**
	 * Returns how much of the answer was handed to the operating system so far.
	 * @return the number of bytes, head and framing included
	 */
	public long bytesWritten() {
		return this.bytesWritten.get();
	}

	void wrote(long bytes) {
		this.bytesWritten.addAndGet(bytes);
	}

	void finish() {
		this.answered.complete(null);
	}

	void superseded() {
		this.closedByClient.cancel(false);
	}

	void connectionLost(boolean byServer) {
		if (byServer) {
			this.closedByClient.cancel(false);
		}
		else {
			this.closedByClient.complete(Instant.now());
		}
		this.answered.cancel(false);
	}

}
