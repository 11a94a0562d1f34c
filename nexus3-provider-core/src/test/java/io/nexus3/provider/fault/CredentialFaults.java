package io.nexus3.provider.fault;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.behaviour.LogCapture;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.config.ApiKey;
import io.nexus3.provider.config.CredentialSource;
import io.nexus3.provider.config.FaultCredentials;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.test.http.ReceivedRequest;
import io.nexus3.provider.test.http.ScriptedResponse;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keys that are missing, unusable or out of date.
 */
final class CredentialFaults implements FaultRows {

	private static final String VARIABLE = "NEXUS3_FAULT_KEY";

	@Override
	public void addTo(FaultTable table) {
		table.row("F88", "a missing or unusable key fails the first use and names its variable",
				CredentialFaults::unusable);
		table.row("F89", "a key that can be refreshed is asked for once more after a 401", CredentialFaults::rotated);
	}

	private static void unusable(FaultFormat format) {
		String broken = Scene.KEY + "\nX-Injected: yes";
		for (Map<String, String> environment : List.<Map<String, String>>of(Map.of(), Map.of(VARIABLE, ""),
				Map.of(VARIABLE, "  \t"), Map.of(VARIABLE, broken), Map.of(VARIABLE, Scene.KEY + "\u00e9"))) {
			for (boolean stream : List.of(false, true)) {
				CredentialSource source = FaultCredentials.environment(VARIABLE, environment);
				try (Scene scene = format.scene((config) -> config.withAccess(new ProviderConfig.Access(source, null)),
						format.good(stream, "never")); LogCapture log = new LogCapture()) {
					ProviderException error = ExpectedError.of(ErrorKind.CONFIGURATION, scene.error(stream));
					assertThat(error).hasMessageContaining(VARIABLE);
					assertThat(error.attempts()).hasSize(1);
					assertThat(scene.requests()).isZero();
					assertThat(log.text()).doesNotContain(Scene.KEY);
				}
			}
		}
		// A line break at the end is what files and shells leave there.
		CredentialSource trailing = FaultCredentials.environment(VARIABLE, Map.of(VARIABLE, Scene.KEY + "\n"));
		try (Scene scene = format.scene((config) -> config.withAccess(new ProviderConfig.Access(trailing, null)),
				format.good(false, "ok"))) {
			assertThat(scene.complete().text()).isEqualTo("ok");
		}
	}

	private static void rotated(FaultFormat format) {
		ScriptedResponse refused = format.refusal(401, "authentication_error", "invalid key");
		for (boolean stream : List.of(false, true)) {
			for (int retries : List.of(0, 3)) {
				Rotating keys = new Rotating(true);
				try (Scene scene = format.scene(keys.in(retries), refused, format.good(stream, "ok"))) {
					assertThat(scene.call(stream)).isEqualTo("ok");
					assertThat(scene.server.requests()).extracting(CredentialFaults::presented)
						.containsExactly("sk-rotating-1", "sk-rotating-2");
				}
				Rotating bad = new Rotating(true);
				try (Scene scene = format.scene(bad.in(retries), refused)) {
					ProviderException error = ExpectedError.of(ErrorKind.AUTHENTICATION, scene.error(stream));
					assertThat(error.attempts()).hasSize(2);
					assertThat(scene.requests()).isEqualTo(2);
				}
				Rotating fixed = new Rotating(false);
				try (Scene scene = format.scene(fixed.in(retries), refused)) {
					ExpectedError.atOnce(ErrorKind.AUTHENTICATION, scene, stream);
					assertThat(fixed.asked).hasValue(1);
				}
			}
		}
		notAfterTheCommitPoint(format);
	}

	private static void notAfterTheCommitPoint(FaultFormat format) {
		Rotating keys = new Rotating(true);
		ScriptedResponse late = ScriptedResponse
			.sse(format.start("He") + format.errorEvent("authentication_error", "invalid key"));
		try (Scene scene = format.scene(keys.in(3), late)) {
			Scene.Streamed streamed = scene.streamed();
			assertThat(streamed.text()).isEqualTo("He");
			assertThat(streamed.error().partialOutput()).isTrue();
			assertThat(scene.requests()).isEqualTo(1);
			assertThat(keys.asked).hasValue(1);
		}
	}

	private static String presented(ReceivedRequest request) {
		String bearer = request.header("authorization");
		return (bearer != null) ? bearer.substring("Bearer ".length()) : String.valueOf(request.header("x-api-key"));
	}

	/** Another key each time. */
	private record Rotating(boolean refreshable, AtomicInteger asked) implements CredentialSource {

		Rotating(boolean refreshable) {
			this(refreshable, new AtomicInteger());
		}

		UnaryOperator<ProviderConfig> in(int retries) {
			return (config) -> config.withRetry(Scene.retries(retries))
				.withAccess(new ProviderConfig.Access(this, null));
		}

		@Override
		public Mono<ApiKey> get() {
			return Mono.fromSupplier(() -> ApiKey.of("sk-rotating-" + this.asked.incrementAndGet()));
		}

		@Override
		public String description() {
			return "a rotating key";
		}

	}

}
