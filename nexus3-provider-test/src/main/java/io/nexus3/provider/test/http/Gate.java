package io.nexus3.provider.test.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A point in a scripted response at which the server waits for the test. May be shared by
 * several responses; once open it stays open. Safe for use by any thread.
 *
 * @since 0.1.0
 */
public final class Gate {

	private final CompletableFuture<Void> opened = new CompletableFuture<>();

	private final CompletableFuture<Void> reached = new CompletableFuture<>();

	/**
	 * Lets every response that waits here, or comes here later, go on.
	 */
	public void open() {
		this.opened.complete(null);
	}

	/**
	 * Says when the first response came to this gate, so that a test need not guess how
	 * far the server is.
	 * @return a future that completes when all bytes before the gate were written
	 */
	public CompletableFuture<Void> reached() {
		return this.reached;
	}

	/**
	 * Waits at the gate as a response does, for servers that block.
	 * @throws InterruptedException if the thread was interrupted
	 */
	public void await() throws InterruptedException {
		this.reached.complete(null);
		try {
			this.opened.get();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("A gate only opens", ex);
		}
	}

	void pass(Runnable next) {
		this.reached.complete(null);
		this.opened.thenRun(next);
	}

}
