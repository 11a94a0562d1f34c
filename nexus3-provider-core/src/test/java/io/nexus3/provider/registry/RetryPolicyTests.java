package io.nexus3.provider.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.config.RetrySettings;
import io.nexus3.provider.wire.WireHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

class RetryPolicyTests {

	private static final RetrySettings SETTINGS = RetrySettings.defaults();

	private final RetryBudget budget = new RetryBudget(500);

	private final RetryPolicy.State state = new RetryPolicy.State();

	private double chance;

	private RetryPolicy policy(RetrySettings settings) {
		CallClock clock = new CallClock(Schedulers.immediate(), () -> 0, () -> Instant.EPOCH, () -> this.chance);
		return new RetryPolicy(settings, this.budget, clock);
	}

	private static RetryPolicy.Failure failure(ErrorKind kind) {
		return failure(kind, null, false, false);
	}

	private static RetryPolicy.Failure failure(ErrorKind kind, @Nullable Map<String, String> headers, boolean stale,
			boolean refreshable) {
		WireHeaders wire = (headers == null) ? null : WireHeaders.of(headers.entrySet()
			.stream()
			.collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, (entry) -> List.of(entry.getValue()))));
		return new RetryPolicy.Failure(ProviderException.of(kind, "failed"), wire, stale, true, refreshable);
	}

	@ParameterizedTest
	@CsvSource({ "0,0,1000", "0,0.999,1999", "1,0,1500", "1,0.999,2499", "2,0,2250", "2,0.999,3249", "3,0,3375",
			"5,0.999,8592", "6,0,10000", "7,0.5,10000", "1000,0.999,10000", "100000,0,10000" })
	@DisplayName("18: delays grow, have up to a second of jitter and never exceed ten seconds")
	void delaysGrowUpToTheLimit(int n, double chance, long millis) {
		this.chance = chance;
		assertThat(policy(SETTINGS).backoff(n).toMillis()).isBetween(millis - 1, millis + 1)
			.isLessThanOrEqualTo(10_000);
	}

	@Test
	@DisplayName("18: delays of a call grow from retry to retry")
	void delaysOfACallGrow() {
		RetryPolicy policy = policy(SETTINGS);
		assertThat(policy.decide(failure(ErrorKind.SERVER_ERROR), this.state, null).delay()).hasMillis(1000);
		assertThat(policy.decide(failure(ErrorKind.SERVER_ERROR), this.state, null).delay()).hasMillis(1500);
		assertThat(policy.decide(failure(ErrorKind.SERVER_ERROR), this.state, null).delay()).hasMillis(2250);
		assertThat(policy.decide(failure(ErrorKind.SERVER_ERROR), this.state, null).retry()).isFalse();
	}

	@Test
	@DisplayName("20: a hint is waited for, and up to a quarter more")
	void waitsForAHint() {
		RetryPolicy.Failure failure = failure(ErrorKind.RATE_LIMIT, Map.of("Retry-After", "8"), false, false);
		assertThat(policy(SETTINGS).decide(failure, this.state, null).delay()).isEqualTo(Duration.ofSeconds(8));
		this.chance = 0.5;
		assertThat(policy(SETTINGS).decide(failure, this.state, null).delay()).isEqualTo(Duration.ofSeconds(9));
	}

	@Test
	@DisplayName("20: a hint above the limit ends the call with the hint")
	void doesNotWaitForAFarHint() {
		RetryPolicy.Failure failure = failure(ErrorKind.RATE_LIMIT, Map.of("Retry-After", "61"), false, false);
		RetryPolicy.Decision decision = policy(SETTINGS).decide(failure, this.state, null);
		assertThat(decision.retry()).isFalse();
		assertThat(decision.hint()).isEqualTo(Duration.ofSeconds(61));
		assertThat(this.budget.tokens()).isEqualTo(500);
	}

	@Test
	@DisplayName("20: a hint at the limit is waited for")
	void waitsForAHintAtTheLimit() {
		RetryPolicy.Failure failure = failure(ErrorKind.RATE_LIMIT, Map.of("Retry-After", "60"), false, false);
		assertThat(policy(SETTINGS).decide(failure, this.state, null).retry()).isTrue();
	}

	@Test
	@DisplayName("20: no wait goes beyond what is left of the total clock")
	void doesNotWaitBeyondTheTotal() {
		RetryPolicy policy = policy(SETTINGS);
		assertThat(policy.decide(failure(ErrorKind.SERVER_ERROR), this.state, Duration.ofMillis(999)).retry())
			.isFalse();
		assertThat(policy.decide(failure(ErrorKind.SERVER_ERROR), this.state, Duration.ofMillis(1001)).retry())
			.isTrue();
	}

	@Test
	@DisplayName("20: a retry costs five tokens, after a timeout ten, and success gives them back")
	void keepsABudget() {
		RetryPolicy policy = policy(SETTINGS);
		policy.decide(failure(ErrorKind.SERVER_ERROR), this.state, null);
		assertThat(this.budget.tokens()).isEqualTo(495);
		policy.decide(failure(ErrorKind.TIMEOUT), this.state, null);
		assertThat(this.budget.tokens()).isEqualTo(485);
		policy.succeeded(this.state);
		assertThat(this.budget.tokens()).isEqualTo(500);
	}

	@Test
	@DisplayName("20: a success without retries gives one token back")
	void rewardsASuccess() {
		this.budget.take(100);
		policy(SETTINGS).succeeded(this.state);
		assertThat(this.budget.tokens()).isEqualTo(401);
	}

	@Test
	@DisplayName("20: without tokens there is no retry")
	void stopsWithoutTokens() {
		this.budget.take(496);
		assertThat(policy(SETTINGS).decide(failure(ErrorKind.SERVER_ERROR), this.state, null).retry()).isFalse();
		assertThat(this.budget.tokens()).isEqualTo(4);
	}

	@Test
	@DisplayName("21: a stale connection is retried at once, once a call, and free of charge")
	void retriesAStaleConnectionOnce() {
		RetryPolicy policy = policy(SETTINGS.withMaxRetries(1));
		RetryPolicy.Failure stale = failure(ErrorKind.CONNECTION_LOST, null, true, false);
		assertThat(policy.decide(stale, this.state, null)).isEqualTo(RetryPolicy.Decision.retry(Duration.ZERO, null));
		assertThat(this.budget.tokens()).isEqualTo(500);
		assertThat(policy.decide(stale, this.state, null).delay()).hasMillis(1000);
		assertThat(policy.decide(stale, this.state, null).retry()).isFalse();
	}

	@Test
	@DisplayName("21: without retries a stale connection is not retried")
	void doesNotRetryAStaleConnectionWithoutRetries() {
		RetryPolicy.Failure stale = failure(ErrorKind.CONNECTION_LOST, null, true, false);
		assertThat(policy(SETTINGS.withMaxRetries(0)).decide(stale, this.state, null).retry()).isFalse();
	}

	@Test
	@DisplayName("17: a key that can be refreshed is refreshed once")
	void refreshesAKeyOnce() {
		RetryPolicy policy = policy(SETTINGS);
		RetryPolicy.Failure refused = failure(ErrorKind.AUTHENTICATION, null, false, true);
		assertThat(policy.decide(refused, this.state, null).delay()).isZero();
		assertThat(policy.decide(refused, this.state, null).retry()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "INVALID_REQUEST,true,true", "SERVER_ERROR,false,false", "SERVER_ERROR,maybe,true",
			"INVALID_REQUEST,'',false" })
	@DisplayName("17: x-should-retry wins")
	void obeysTheServer(ErrorKind kind, String said, boolean retried) {
		RetryPolicy.Failure failure = failure(kind, Map.of("X-Should-Retry", said), false, false);
		assertThat(policy(SETTINGS).decide(failure, this.state, null).retry()).isEqualTo(retried);
	}

	@Test
	@DisplayName("17: a loss after the request was sent is retried only where that is allowed")
	void retriesAmbiguousLossesWhereAllowed() {
		RetrySettings careful = new RetrySettings(3, 1.5, Duration.ofSeconds(10), Duration.ofSeconds(60), 500, false);
		assertThat(policy(careful).decide(failure(ErrorKind.CONNECTION_LOST), this.state, null).retry()).isFalse();
		assertThat(policy(SETTINGS).decide(failure(ErrorKind.CONNECTION_LOST), this.state, null).retry()).isTrue();
	}

}
