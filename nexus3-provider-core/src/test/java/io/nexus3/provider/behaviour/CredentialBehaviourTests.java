package io.nexus3.provider.behaviour;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.config.ApiKey;
import io.nexus3.provider.config.AuthMethod;
import io.nexus3.provider.config.CredentialSource;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProviderConfig.Access;
import io.nexus3.provider.guard.Canary;
import io.nexus3.provider.test.http.ReceivedRequest;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.raw.RawConnection;
import io.nexus3.provider.test.raw.RawScript;
import io.nexus3.provider.test.raw.RawServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class CredentialBehaviourTests {

	private static final String MISSING = "NEXUS3_NO_SUCH_KEY";

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("13: a missing key fails the call and names the variable")
	void namesTheVariableOfAMissingKey(boolean stream) {
		try (Scene scene = Scene.of(
				(config) -> config.withAccess(new Access(CredentialSource.environment(MISSING), null)),
				ServedAnswers.json("never"))) {
			ProviderException error = scene.error(stream);
			assertThat(error.kind()).isEqualTo(ErrorKind.CONFIGURATION);
			assertThat(error).hasMessageContaining("API key not found").hasMessageContaining(MISSING);
			assertThat(scene.requests()).isZero();
		}
	}

	@Test
	@DisplayName("13: with auth none no key is needed")
	void needsNoKeyWithoutAuthentication() {
		try (Scene scene = Scene.of((config) -> config.withAccess(new Access(null, AuthMethod.NONE)),
				ServedAnswers.json("ok"))) {
			assertThat(scene.complete().text()).isEqualTo("ok");
			ReceivedRequest request = scene.server.requests().get(0);
			assertThat(request.header("authorization")).isNull();
			assertThat(request.header("api-key")).isNull();
			assertThat(request.header("x-api-key")).isNull();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("13: a key echoed in an error body is shown to nobody")
	void hidesAKeyEchoedInAnErrorBody(boolean stream) {
		assertHidden(ServedAnswers.error(401, "Incorrect API key provided: " + Scene.KEY), stream);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("13: a key echoed in an error inside an answer is shown to nobody")
	void hidesAKeyEchoedInsideAnAnswer(boolean stream) {
		String error = "{\"error\":{\"message\":\"no such key " + Scene.KEY + "\",\"code\":\"" + Scene.KEY + "\"}}";
		assertHidden(stream ? ScriptedResponse.sse("data: " + error + "\n\n") : ScriptedResponse.json(200, error),
				stream);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("13: a key echoed after text has been delivered is shown to nobody")
	void hidesAKeyEchoedAfterText(boolean stream) {
		assertHidden(ScriptedResponse
			.sse(ServedAnswers.delta("He") + "data: {\"error\":{\"message\":\"overloaded " + Scene.KEY + "\"}}\n\n"),
				stream);
	}

	@Test
	@DisplayName("13: a key echoed in something that is no JSON is shown to nobody")
	void hidesAKeyEchoedInOtherText() {
		assertHidden(ScriptedResponse.sse("data: oops " + Scene.KEY + "\n\n"), true);
		assertHidden(ScriptedResponse.status(200)
			.withHeader("content-type", "text/plain")
			.thenWrite("denied for " + Scene.KEY), false);
		assertHidden(ScriptedResponse.status(200).thenWrite("<html>denied for " + Scene.KEY), false);
	}

	private static void assertHidden(ScriptedResponse answer, boolean stream) {
		try (Scene scene = Scene.of(Scene.retrying(1), answer); LogCapture log = new LogCapture()) {
			RecordedRawLog rawLog = new RecordedRawLog();
			scene.registry.setRawLog(rawLog);
			ProviderException error = scene.error(stream);
			for (Throwable cause = error; cause != null; cause = cause.getCause()) {
				assertThat(cause.toString()).doesNotContain(Scene.KEY);
			}
			assertThat(error.details().toString()).doesNotContain(Scene.KEY);
			assertThat(error.attempts().toString()).doesNotContain(Scene.KEY);
			assertThat(rawLog.lines).isNotEmpty().noneMatch((line) -> line.contains(Scene.KEY));
			assertThat(scene.trace.errors).isNotEmpty()
				.noneMatch((seen) -> (seen + " " + seen.details()).contains(Scene.KEY));
			assertThat(log.text()).doesNotContain(Scene.KEY);
			assertThat(scene.registry.config().toString()).doesNotContain(Scene.KEY);
			assertThat(scene.registry.provider("test").toString()).doesNotContain(Scene.KEY);
		}
	}

	@ParameterizedTest
	@CsvSource({ "BEARER,authorization,'Bearer '", "API_KEY,api-key,''", "X_API_KEY,x-api-key,''" })
	@DisplayName("14: the key is presented as the auth method says, and the body is JSON")
	void presentsTheKey(AuthMethod method, String header, String prefix) {
		try (Scene scene = Scene.of((config) -> config.withAccess(new Access(config.access().credential(), method)),
				ServedAnswers.json("ok"))) {
			scene.complete();
			ReceivedRequest request = scene.server.requests().get(0);
			assertThat(request.header(header)).isEqualTo(prefix + Scene.KEY);
			assertThat(request.headers().values()).filteredOn((values) -> values.toString().contains(Scene.KEY))
				.hasSize(1);
			assertThat(request.header("content-type")).startsWith("application/json");
			assertThat(request.method()).isEqualTo("POST");
			assertThat(request.uri()).isEqualTo("/v1/chat/completions");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Authorization", "AUTHORIZATION", "api-key", "X-Api-Key", "Content-Type", "Host" })
	@DisplayName("14: an extra header of a call cannot replace auth or content type")
	void refusesExtraHeadersThatReplaceOurs(String name) {
		try (Scene scene = Scene.of(ServedAnswers.json("never"))) {
			CompletionRequest request = CompletionRequest.of("Hi")
				.withOptions(RequestOptions.defaults().withExtraHeaders(Map.of(name, "Bearer other")));
			ProviderException error = catchThrowableOfType(ProviderException.class,
					() -> scene.provider.complete(request).block(Scene.WATCHDOG));
			assertThat(error.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
			assertThat(error).hasMessageContaining(name);
			assertThat(scene.requests()).isZero();
		}
	}

	@Test
	@DisplayName("14: other extra headers are sent")
	void sendsExtraHeaders() {
		try (Scene scene = Scene.of(
				(config) -> config.withOptions(RequestOptions.defaults().withExtraHeaders(Map.of("X-Team", "blue"))),
				ServedAnswers.json("ok"))) {
			scene.complete();
			assertThat(scene.server.requests().get(0).header("x-team")).isEqualTo("blue");
		}
	}

	@Test
	@DisplayName("15: a trailing slash of the base URL makes no difference")
	void trimsTheBaseUrl() {
		try (Scene scene = Scene.of((config) -> config.withBaseUrl(config.endpoint().baseUrl() + "/"),
				ServedAnswers.json("ok"))) {
			scene.complete();
			assertThat(scene.server.requests().get(0).uri()).isEqualTo("/v1/chat/completions");
		}
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "'',-,-,/openai/deployments/gpt/chat/completions?api-version=2024-02-01",
					"/,-,-,/openai/deployments/gpt/chat/completions?api-version=2024-02-01",
					"/openai,-,-,/openai/deployments/gpt/chat/completions?api-version=2024-02-01",
					"'',mine,2025-01-01,/openai/deployments/mine/chat/completions?api-version=2025-01-01",
					"/openai/v1,mine,-,/openai/v1/chat/completions", "/openai/v1/,-,-,/openai/v1/chat/completions" })
	@DisplayName("15: Azure's URL names the deployment, else the model, and an api-version")
	void routesToAzure(String path, String deployment, String version, String expected) {
		try (Scene scene = Scene.of((config) -> azure(config, path, deployment, version), ServedAnswers.json("ok"))) {
			scene.complete();
			ReceivedRequest request = scene.server.requests().get(0);
			assertThat(request.uri()).isEqualTo(expected);
			assertThat(request.header("api-key")).isEqualTo(Scene.KEY);
			assertThat(request.header("authorization")).isNull();
		}
	}

	private static ProviderConfig azure(ProviderConfig config, String path, String deployment, String version) {
		String root = "http://127.0.0.1:" + config.endpoint().baseUrl().port();
		ProviderConfig azure = ProviderConfig.of("test", "azure").withBaseUrl(root + path).withApiKey(Scene.KEY);
		return azure
			.withEndpoint(new ProviderConfig.Endpoint(azure.endpoint().baseUrl(), version, deployment, false, null));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("16: a redirect is a typed error and is not followed")
	void doesNotFollowRedirects(boolean stream) {
		try (Scene target = Scene.of(ServedAnswers.json("stolen"));
				Scene scene = Scene
					.of(ScriptedResponse.status(302).withHeader("Location", target.server.baseUrl() + "/v1"))) {
			ProviderException error = scene.error(stream);
			assertThat(error.kind()).isEqualTo(ErrorKind.REDIRECT);
			assertThat(error).hasMessageContaining("302");
			assertThat(scene.requests()).isEqualTo(1);
			assertThat(target.requests()).isZero();
		}
	}

	@Test
	@DisplayName("13: a key echoed in pieces is not shown to the raw log")
	void hidesAKeyEchoedInPieces() {
		String start = "data: {\"choices\":[{\"delta\":{\"content\":\"";
		ScriptedResponse answer = ScriptedResponse.sse(start + Scene.KEY.substring(0, 9))
			.thenPause(Duration.ofMillis(150))
			.thenWrite(Scene.KEY.substring(9) + " \u20ac\"},\"finish_reason\":\"stop\"}]}\n\n" + ServedAnswers.DONE);
		try (Scene scene = Scene.of(answer)) {
			RecordedRawLog rawLog = new RecordedRawLog();
			scene.registry.setRawLog(rawLog);
			scene.stream();
			String chunks = String.join("",
					rawLog.starting("chunk").stream().map((line) -> line.substring(8)).toList());
			assertThat(chunks).startsWith(start + "*** \u20ac").endsWith(ServedAnswers.DONE);
		}
	}

	@Test
	@DisplayName("61: a character cut by the network is whole in the raw log")
	void showsWholeCharactersToTheRawLog() {
		String text = ServedAnswers.delta("\u20ac\ud83d\ude00") + ServedAnswers.stop() + ServedAnswers.DONE;
		try (Scene scene = Scene.of(ScriptedResponse.sse(text).oneBytePerWrite())) {
			RecordedRawLog rawLog = new RecordedRawLog();
			scene.registry.setRawLog(rawLog);
			scene.stream();
			assertThat(String.join("", rawLog.starting("chunk").stream().map((line) -> line.substring(8)).toList()))
				.isEqualTo(text);
		}
	}

	@Test
	@DisplayName("13: a key that can be refreshed is asked for anew after a 401")
	void asksForAFreshKey() {
		AtomicInteger asked = new AtomicInteger();
		CredentialSource source = new CredentialSource() {
			@Override
			public Mono<ApiKey> get() {
				return Mono.fromSupplier(() -> ApiKey.of(Canary.MARK + "rotating-" + asked.incrementAndGet()));
			}

			@Override
			public boolean refreshable() {
				return true;
			}

			@Override
			public String description() {
				return "a vault";
			}
		};
		try (Scene scene = Scene.of((config) -> config.withRetry(Scene.retries(0)).withAccess(new Access(source, null)),
				ServedAnswers.error(401, "expired"), ServedAnswers.json("ok"))) {
			assertThat(scene.complete().text()).isEqualTo("ok");
			assertThat(scene.server.requests()).extracting((request) -> request.header("authorization"))
				.containsExactly("Bearer " + Canary.MARK + "rotating-1", "Bearer " + Canary.MARK + "rotating-2");
		}
	}

	@Test
	@DisplayName("13: a source of keys that fails is a typed error")
	void reportsAFailingSource() {
		CredentialSource source = new CredentialSource() {
			@Override
			public Mono<ApiKey> get() {
				throw new IllegalStateException("the vault is sealed");
			}

			@Override
			public String description() {
				return "a vault";
			}
		};
		try (Scene scene = Scene.of((config) -> config.withAccess(new Access(source, null)),
				ServedAnswers.json("no"))) {
			assertThat(scene.completeError()).hasMessageContaining("the vault is sealed");
			assertThat(scene.requests()).isZero();
		}
	}

	@Test
	@DisplayName("17: https at a server that speaks http is a TLS error and is not retried")
	void reportsAServerWithoutTls() throws Exception {
		RawScript inTheClear = RawScript.start()
			.then(RawConnection::readSome)
			.write("HTTP/1.1 400 Bad Request\r\n\r\n")
			.stall();
		try (RawServer plain = RawServer.start(inTheClear);
				Scene scene = Scene.of((config) -> config.withBaseUrl("https://127.0.0.1:" + plain.port() + "/v1"),
						ServedAnswers.json("never"))) {
			ProviderException error = scene.completeError();
			assertThat(error.kind()).isEqualTo(ErrorKind.TLS);
			assertThat(error.attempts()).hasSize(1);
			assertThat(plain.connections()).hasSize(1);
		}
	}

}
