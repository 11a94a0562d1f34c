package io.nexus3.provider.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.nexus3.provider.actuate.ProviderHealthIndicator.Settings;
import io.nexus3.provider.config.CredentialSource;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProviderConfig.Access;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.config.RetrySettings;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.http.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ProviderHealthIndicatorTests {

	private static final Duration WAIT = Duration.ofSeconds(30);

	private static final Settings SETTINGS = new Settings(Status.UNKNOWN, 3, Duration.ofMinutes(10));

	private final Queue<ScriptedResponse> answers = new ConcurrentLinkedQueue<>();

	private final Gate gate = new Gate();

	private final ScriptedServer server = ScriptedServer.start((request) -> this.answers.remove());

	private Instant now = Instant.parse("2026-11-22T10:00:00Z");

	private final RecentCalls recentCalls = new RecentCalls(() -> this.now);

	private final ProviderRegistry registry = ProviderRegistry
		.builder(
				ProvidersConfig.of(
						List.of(provider("box").withApiKey("sk-secret"),
								provider("keyless").withAccess(new Access(CredentialSource.environment(
										"NOT_SET_ANYWHERE"), null)),
								provider("broken")
									.withAccess(new Access(
											CredentialSource.token("Vault",
													Mono.error(
															new IllegalStateException("sk-secret cannot be fetched"))),
											null)),
								ProviderConfig.of("local", "ollama")),
						List.of(), null))
		.listeners(List.of(this.recentCalls))
		.build();

	private ProviderConfig provider(String name) {
		return ProviderConfig.of(name, "openai")
			.withBaseUrl(this.server.baseUrl() + "/v1")
			.withRetry(RetrySettings.defaults().withMaxRetries(0));
	}

	@AfterEach
	void stop() {
		this.gate.open();
		this.registry.close();
		this.server.close();
	}

	private Health health(String name, ProviderProbe probe, Settings settings) {
		return new ProviderHealthIndicator(this.registry, name, this.recentCalls, probe, settings, () -> this.now)
			.health()
			.block(WAIT);
	}

	private Health health() {
		return health("box", ProviderProbe.none(), SETTINGS);
	}

	private void callAnsweredWith(ScriptedResponse... responses) {
		for (ScriptedResponse response : responses) {
			this.answers.add(response);
			this.registry.get("box", "m").complete("Hi").onErrorComplete().block(WAIT);
		}
	}

	private static ScriptedResponse good() {
		return ScriptedResponse.json(200,
				"{\"choices\":[{\"message\":{\"content\":\"ok\"},\"finish_reason\":\"stop\"}]}");
	}

	private static ScriptedResponse bad(int status) {
		return ScriptedResponse.json(status, "{\"error\":{\"message\":\"because\"}}");
	}

	@Test
	void isUnknownBeforeTheFirstCallAndSendsNothing() {
		Health health = health();
		assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
		assertThat(health.getDetails()).containsOnly(Map.entry("type", "openai"),
				Map.entry("key", "from the configured key"));
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void isUpAfterAnAnswerUntilItIsTooOld() {
		callAnsweredWith(good());
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(health().getDetails()).containsEntry("lastSuccess", "2026-11-22T10:00:00Z");
		this.now = this.now.plusSeconds(601);
		assertThat(health().getStatus()).isEqualTo(Status.UNKNOWN);
	}

	@Test
	void isDownAfterAsManyFailuresInARowAsTheThresholdSays() {
		callAnsweredWith(good(), bad(500), bad(500));
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		callAnsweredWith(bad(503));
		assertThat(health().getStatus()).isEqualTo(Status.DOWN);
		assertThat(health().getDetails()).containsEntry("failuresInARow", 3)
			.hasEntrySatisfying("lastError", (text) -> assertThat(text).asString().contains("because"));
		callAnsweredWith(good());
		assertThat(health().getStatus()).isEqualTo(Status.UP);
	}

	@ParameterizedTest
	@CsvSource({ "401, AUTHENTICATION", "402, QUOTA_EXHAUSTED" })
	void isDownAtOnceWhenTheAccountIsRefused(int status, String error) {
		callAnsweredWith(good(), bad(status));
		assertThat(health().getStatus()).isEqualTo(Status.DOWN);
		assertThat(health().getDetails().get("lastError")).asString().startsWith(error);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 413 })
	void doesNotBlameTheProviderForRequests(int status) {
		callAnsweredWith(good(), bad(status), bad(status), bad(status), bad(status));
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(health().getDetails()).doesNotContainKey("lastFailure");
	}

	@Test
	void aRateLimitIsADetailUntilItIsOver() {
		callAnsweredWith(good());
		for (int i = 0; i < 5; i++) {
			callAnsweredWith(bad(429).withHeader("Retry-After", "120"));
		}
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(health().getDetails()).containsEntry("rateLimitedUntil", "2026-11-22T10:02:00Z");
		this.now = this.now.plusSeconds(121);
		assertThat(health().getDetails()).doesNotContainKey("rateLimitedUntil").containsKey("lastRateLimit");
	}

	@Test
	void aMissingKeyIsUnknownAndTheVariableIsNamed() {
		Health health = health("keyless", ProviderProbe.none(), SETTINGS);
		assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
		assertThat(health.getDetails()).containsEntry("key", "not found: set environment variable NOT_SET_ANYWHERE");
	}

	@Test
	void theStatusOfAMissingKeyIsASetting() {
		Settings down = new Settings(Status.DOWN, 3, Duration.ofMinutes(10));
		assertThat(health("keyless", ProviderProbe.none(), down).getStatus()).isEqualTo(Status.DOWN);
	}

	@Test
	void aKeyThatCannotBeFetchedIsToldWithoutTheError() {
		assertThat(health("broken", ProviderProbe.none(), SETTINGS).getDetails()).containsEntry("key",
				"not usable from the Vault");
	}

	@Test
	void aProviderThatNeedsNoKeyIsToldSo() {
		assertThat(health("local", ProviderProbe.none(), SETTINGS).getDetails()).containsEntry("key", "none needed");
	}

	@Test
	void aProviderThatIsGoneIsUnknown() {
		assertThat(health("gone", ProviderProbe.none(), SETTINGS).getStatus()).isEqualTo(Status.UNKNOWN);
	}

	@ParameterizedTest
	@CsvSource({ "200, UP", "404, UP", "429, UP", "401, DOWN", "403, DOWN", "500, DOWN" })
	void aProbeSaysWhetherTheProviderAnswers(int answer, String status) {
		this.answers.add(bad(answer));
		Health health = health("box", probe(WAIT), SETTINGS);
		assertThat(health.getStatus().getCode()).isEqualTo(status);
		assertThat(health.getDetails()).containsEntry("probe", "answered with status " + answer);
		assertThat(this.server.requests().get(0).method()).isEqualTo("GET");
	}

	@Test
	void theAnswerOfAProbeIsTakenForTrueForAWhile() {
		this.answers.add(good());
		ProviderProbe probe = probe(WAIT);
		assertThat(health("box", probe, SETTINGS).getStatus()).isEqualTo(Status.UP);
		assertThat(health("box", probe, SETTINGS).getStatus()).isEqualTo(Status.UP);
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void aProbeHasItsOwnClock() {
		this.answers.add(good().withHeadAfter(this.gate));
		Health health = health("box", probe(Duration.ofMillis(50)), SETTINGS);
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("probe", "no answer for PT0.05S");
	}

	@Test
	void aProbeThatIsGoodDoesNotCoverFailuresOfCalls() {
		callAnsweredWith(bad(500), bad(500), bad(500));
		this.answers.add(good());
		assertThat(health("box", probe(WAIT), SETTINGS).getStatus()).isEqualTo(Status.DOWN);
	}

	@Test
	void aProbeWithoutAKeySendsNothing() {
		ProviderProbe probe = ProviderProbe.of(this.registry, "keyless", WAIT, WAIT);
		assertThat(health("keyless", probe, SETTINGS).getDetails()).doesNotContainKey("probe");
		assertThat(this.server.requests()).isEmpty();
	}

	private ProviderProbe probe(Duration timeout) {
		return ProviderProbe.of(this.registry, "box", timeout, Duration.ofMinutes(5));
	}

	@Test
	void settingsAreChecked() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Settings(Status.DOWN, 0, Duration.ofMinutes(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> new Settings(Status.DOWN, 1, Duration.ZERO));
	}

}
