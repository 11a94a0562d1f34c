package io.nexus3.provider.transport;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.nexus3.provider.wire.AnswerReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * The answer of one attempt while nobody reads it. A cancellation that crosses the
 * arrival of an answer's head finds neither a request to give up nor a body to cancel:
 * the connection would stay open and out of the pool, and what has come of the answer in
 * memory, or Spring would read the answer to its end. One per attempt.
 */
final class PendingAnswer {

	private static final Logger logger = LoggerFactory.getLogger(PendingAnswer.class);

	/** The key of the attempt's answer in the subscriber's context. */
	private static final Class<PendingAnswer> KEY = PendingAnswer.class;

	/** Where Reactor looks for who hears of errors that nobody waits for any more. */
	private static final String ON_ERROR_DROPPED = "reactor.onErrorDropped.local";

	/** An answer that crosses a cancellation fails where nobody listens: no alarm. */
	private static final Consumer<Throwable> AFTER_THE_END = (error) -> logger
		.debug("An error came after the end of its attempt", error);

	private final @Nullable AnswerReader<?> reader;

	private volatile @Nullable Holding holding;

	/** Read on the connection's event loop, after whatever that was doing. */
	private volatile boolean taken;

	/** With who hears of the connection, or with nobody. */
	PendingAnswer(@Nullable AnswerReader<?> reader) {
		this.reader = reader;
	}

	Context in(Context context) {
		return context.put(KEY, this).put(ON_ERROR_DROPPED, AFTER_THE_END);
	}

	static @Nullable PendingAnswer of(ContextView context) {
		return context.getOrDefault(KEY, null);
	}

	/** Lets a cancellation reach what has not been taken. */
	static Mono<ClientResponse> watched(ClientRequest request, ExchangeFunction next) {
		return Mono.deferContextual((context) -> {
			PendingAnswer answer = of(context);
			Mono<ClientResponse> response = next.exchange(request);
			return (answer != null) ? response.doOnCancel(answer::cancelled) : response;
		});
	}

	/** A connection is about to write the request. */
	void connected(Connection connection, boolean reused) {
		this.holding = new Holding(connection, connection.channel().eventLoop());
		if (this.reader != null) {
			this.reader.connected(reused);
		}
	}

	void requestSent() {
		if (this.reader != null) {
			this.reader.requestSent();
		}
	}

	/** Somebody reads the answer from here on, and cancels that when it must be. */
	void take() {
		this.taken = true;
	}

	/**
	 * Reading has failed. Spring reads a cancelled answer itself, to its end, if it comes
	 * to the body first; ours is turned away then, and has nothing to cancel.
	 */
	void failed() {
		onEventLoop(Connection::dispose);
	}

	/** What the event loop does at the moment may be to hand over the head. */
	private void cancelled() {
		onEventLoop((connection) -> {
			if (!this.taken) {
				connection.dispose();
			}
		});
	}

	/** Only there is it known whether the connection is still this answer's. */
	private void onEventLoop(Consumer<Connection> action) {
		Holding holding = this.holding;
		if (holding == null) {
			return;
		}
		try {
			holding.eventLoop.execute(() -> action.accept(holding.connection));
		}
		catch (RejectedExecutionException ex) {
			logger.debug("The event loop has ended, and its connections with it", ex);
		}
	}

	/**
	 * A connection for as long as the answer lasts: disposing of it later does nothing.
	 *
	 * @param connection the connection
	 * @param eventLoop its event loop, for which it cannot be asked any more later
	 */
	private record Holding(Connection connection, Executor eventLoop) {

	}

}
