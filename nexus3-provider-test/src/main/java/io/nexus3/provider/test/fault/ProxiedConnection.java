package io.nexus3.provider.test.fault;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

/**
 * What happens on one connection through the proxy. Safe for use by any thread.
 *
 * @since 0.1.0
 */
public final class ProxiedConnection {

	private final int number;

	private final List<Toxics> toxics = new CopyOnWriteArrayList<>();

	private final CompletableFuture<End> ended = new CompletableFuture<>();

	private volatile long upstreamBytes;

	private volatile long downstreamBytes;

	ProxiedConnection(int number) {
		this.number = number;
	}

	/**
	 * Returns its place in the order of acceptance.
	 * @return the number, from 0
	 */
	public int number() {
		return this.number;
	}

	/**
	 * Returns what was meant to go wrong. A toxic may have had no occasion, as when fewer
	 * bytes came than it lets through.
	 * @return the toxics in the order in which they were put in place; empty ones are
	 * left out
	 */
	public List<Toxics> toxics() {
		return List.copyOf(this.toxics);
	}

	/**
	 * Returns how much came through to the server.
	 * @return the number of bytes so far
	 */
	public long upstreamBytes() {
		return this.upstreamBytes;
	}

	/**
	 * Returns how much came through to the client.
	 * @return the number of bytes so far
	 */
	public long downstreamBytes() {
		return this.downstreamBytes;
	}

	/**
	 * Says how the connection ended.
	 * @return a future that completes when both sides are closed
	 */
	public CompletableFuture<End> ended() {
		return this.ended.copy();
	}

	void hitBy(Toxics toxics) {
		if (!toxics.isEmpty()) {
			this.toxics.add(toxics);
		}
	}

	void passed(long upstream, long downstream) {
		this.upstreamBytes = upstream;
		this.downstreamBytes = downstream;
	}

	void end(End end) {
		this.ended.complete(end);
	}

	@Override
	public String toString() {
		return "connection %d: %d bytes up, %d down, %s, toxics %s".formatted(this.number, this.upstreamBytes,
				this.downstreamBytes, this.ended.isDone() ? this.ended.join() : "open", this.toxics);
	}

	/**
	 * How a connection ended.
	 *
	 * @param by who closed it first
	 * @param toxic the toxic that made the proxy close it, or {@code null} where it was
	 * another reason
	 */
	public record End(Side by, @Nullable Toxic toxic) {

	}

	/**
	 * Who can close a connection.
	 */
	public enum Side {

		/** The client, also by a reset. */
		CLIENT,

		/** The server, also by a reset or by refusing the connection. */
		SERVER,

		/** The proxy: a toxic, or the end of the proxy. */
		PROXY

	}

}
