package io.nexus3.provider.behaviour;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.config.ApiKey;
import io.nexus3.provider.config.CredentialSource;
import io.nexus3.provider.config.ExpiringKey;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProviderConfig.Access;
import io.nexus3.provider.registry.CallClock;
import io.nexus3.provider.test.http.ReceivedRequest;
import io.nexus3.provider.test.http.ScriptedResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keys that change while calls are made.
 */
class KeySourceBehaviourTests {

	@TempDir
	private Path folder;

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void usesTheKeyThatIsInTheFileNow(boolean stream) throws IOException {
		Path file = Files.writeString(this.folder.resolve("key"), "sk-old");
		try (Scene scene = accepting("sk-new", CredentialSource.file(file), stream)) {
			assertThat(scene.error(stream).kind()).isEqualTo(ErrorKind.AUTHENTICATION);
			assertThat(scene.requests()).as("asked once more, as the file might have changed").isEqualTo(2);
			Files.writeString(file, "sk-new");
			assertThat(scene.call(stream)).isEqualTo("ok");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void fetchesAnotherTokenAfterARefusal(boolean stream) {
		AtomicInteger issued = new AtomicInteger();
		CredentialSource tokens = CredentialSource.token("issuer",
				Mono.fromSupplier(() -> new ExpiringKey(ApiKey.of("token-" + issued.incrementAndGet()), null)));
		try (Scene scene = accepting("token-2", tokens, stream)) {
			assertThat(scene.call(stream)).isEqualTo("ok");
			assertThat(scene.requests()).isEqualTo(2);
			assertThat(scene.call(stream)).isEqualTo("ok");
			assertThat(issued).as("the token is kept").hasValue(2);
		}
	}

	@Test
	void asksTheSubscribersOwnSourceFirst() {
		try (Scene scene = accepting("sk-tenant", CredentialSource.of(ApiKey.of("sk-shared")), false)) {
			assertThat(scene.provider.complete("Hi")
				.contextWrite(
						(context) -> context.put(CredentialSource.class, CredentialSource.of(ApiKey.of("sk-tenant"))))
				.block(Scene.WATCHDOG)).satisfies((message) -> assertThat(message.text()).isEqualTo("ok"));
			assertThat(scene.completeError().kind()).isEqualTo(ErrorKind.AUTHENTICATION);
		}
	}

	@Test
	void waitsForAKeyNoLongerThanTheConnectClock() {
		TurnableClock time = new TurnableClock();
		CredentialSource never = CredentialSource.token("issuer", Mono.never());
		try (Scene scene = Scene.of(keys(never).andThen(Scene.retrying(0))::apply, time.callClock(),
				ServedAnswers.json("never"))) {
			Mono<ProviderException> error = scene.provider.complete("Hi")
				.then(Mono.<ProviderException>empty())
				.onErrorResume(ProviderException.class, Mono::just)
				.cache();
			error.subscribe();
			time.awaitTimer(Duration.ofSeconds(10));
			time.advance(Duration.ofSeconds(10));
			ProviderException ended = Objects.requireNonNull(error.block(Scene.WATCHDOG));
			assertThat(ended.kind()).isEqualTo(ErrorKind.TIMEOUT);
			assertThat(ended).hasMessageContaining("connect").hasMessageContaining("issuer");
			assertThat(scene.requests()).isZero();
		}
	}

	private static UnaryOperator<ProviderConfig> keys(CredentialSource source) {
		return (config) -> config.withAccess(new Access(source, null));
	}

	private static Scene accepting(String key, CredentialSource source, boolean stream) {
		return Scene.answering(keys(source), CallClock.system(), (request) -> answer(request, key, stream));
	}

	private static ScriptedResponse answer(ReceivedRequest request, String key, boolean stream) {
		return ("Bearer " + key).equals(request.header("authorization")) ? ServedAnswers.either(stream, "ok")
				: ServedAnswers.error(401, "wrong key");
	}

}
