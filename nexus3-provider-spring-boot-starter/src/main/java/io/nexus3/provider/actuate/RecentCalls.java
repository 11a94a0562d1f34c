package io.nexus3.provider.actuate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.registry.CallListener;
import io.nexus3.provider.registry.CallTrace;
import io.nexus3.provider.registry.CallTrace.CallEnd;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Remembers how the last calls of each provider ended. It is what health and the endpoint
 * are read from, so that neither costs a token. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class RecentCalls implements CallListener {

	/** How many calls of a provider are remembered. */
	private static final int REMEMBERED = 20;

	private final Map<String, History> histories = new ConcurrentHashMap<>();

	private final InstantSource clock;

	/**
	 * Remember calls.
	 * @param clock tells when they end
	 */
	public RecentCalls(InstantSource clock) {
		this.clock = clock;
	}

	@Override
	public CallTrace callStarted(CallInfo call, ContextView context) {
		Instant start = this.clock.instant();
		return new CallTrace() {

			@Override
			public void ended(CallEnd end) {
				RecentCalls.this.ended(call, start, end);
			}

		};
	}

	private void ended(CallInfo call, Instant start, CallEnd end) {
		Instant now = this.clock.instant();
		ProviderException error = end.error();
		this.histories.computeIfAbsent(call.provider(), (name) -> new History())
			.add(new Call(now, call.model().modelId(), end.outcome(), (error != null) ? error.kind() : null,
					(error != null) ? error.summary() : null, (error != null) ? error.status() : null,
					(error != null) ? error.details().recovery().retryAfter() : null, end.attempts(),
					Duration.between(start, now)));
	}

	/**
	 * What is known of a provider.
	 * @param provider the configured name of the provider
	 * @return a copy, empty when no call of it has ended
	 */
	public Snapshot of(String provider) {
		History history = this.histories.get(provider);
		return (history != null) ? history.snapshot() : new Snapshot(null, null, null, 0, List.of());
	}

	/**
	 * How a call ended.
	 *
	 * @param at when
	 * @param model what the vendor calls the model
	 * @param outcome how
	 * @param error what kind of error it ended with, or {@code null}
	 * @param message what the error said, without secrets, or {@code null}
	 * @param status the HTTP status of the error, or {@code null}
	 * @param retryAfter how long the vendor asks to wait, or {@code null}
	 * @param attempts how many attempts were made
	 * @param duration how long it took
	 */
	public record Call(Instant at, String model, CallTrace.Outcome outcome, @Nullable ErrorKind error,
			@Nullable String message, @Nullable Integer status, @Nullable Duration retryAfter, int attempts,
			Duration duration) {

		/** Whether the error says something about the provider and not about the call. */
		boolean blamesProvider() {
			return this.error != null && switch (this.error) {
				case INVALID_REQUEST, CONTEXT_LENGTH, CONTENT_FILTER, REQUEST_TOO_LARGE, CLOSED, CONFIGURATION -> false;
				default -> true;
			};
		}

	}

	/**
	 * What is known of a provider.
	 *
	 * @param lastSuccess the last call that was answered, or {@code null}
	 * @param lastFailure the last call that failed through the provider's fault, or
	 * {@code null}
	 * @param lastRateLimit the last call that ended with a rate limit, or {@code null}
	 * @param failuresInARow how many calls failed through the provider's fault since the
	 * last one that was answered
	 * @param calls the last calls, the newest first, at most 20
	 */
	public record Snapshot(@Nullable Call lastSuccess, @Nullable Call lastFailure, @Nullable Call lastRateLimit,
			int failuresInARow, List<Call> calls) {

		/**
		 * Copy.
		 */
		public Snapshot {
			calls = List.copyOf(calls);
		}

	}

	private static final class History {

		private final Deque<Call> calls = new ArrayDeque<>();

		private @Nullable Call lastSuccess;

		private @Nullable Call lastFailure;

		private @Nullable Call lastRateLimit;

		private int failuresInARow;

		synchronized void add(Call call) {
			if (this.calls.size() == REMEMBERED) {
				this.calls.removeLast();
			}
			this.calls.addFirst(call);
			if (call.outcome() == CallTrace.Outcome.COMPLETED) {
				this.lastSuccess = call;
				this.failuresInARow = 0;
			}
			else if (call.error() == ErrorKind.RATE_LIMIT) {
				this.lastRateLimit = call;
			}
			else if (call.blamesProvider()) {
				this.lastFailure = call;
				this.failuresInARow++;
			}
		}

		synchronized Snapshot snapshot() {
			return new Snapshot(this.lastSuccess, this.lastFailure, this.lastRateLimit, this.failuresInARow,
					List.copyOf(this.calls));
		}

	}

}
