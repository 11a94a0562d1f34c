package io.nexus3.provider.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class CredentialSourceTests {

	private static final Duration WATCHDOG = Duration.ofSeconds(10);

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

	private final AtomicReference<Instant> now = new AtomicReference<>(NOW);

	private final AtomicInteger fetches = new AtomicInteger();

	@TempDir
	private Path folder;

	@Test
	void readsAFileEachTime() throws IOException {
		Path file = Files.writeString(this.folder.resolve("key"), "sk-first\n");
		CredentialSource source = CredentialSource.file(file);
		assertThat(source.get().block(WATCHDOG)).isEqualTo(ApiKey.of("sk-first"));
		Files.writeString(file, "sk-second");
		assertThat(source.get().block(WATCHDOG)).isEqualTo(ApiKey.of("sk-second"));
		assertThat(source.refreshable()).isTrue();
		assertThat(source.description()).isEqualTo("file " + file);
	}

	@Test
	void hasNoKeyWhereTheFileIsMissingOrEmpty() throws IOException {
		Path file = this.folder.resolve("key");
		StepVerifier.create(CredentialSource.file(file).get()).expectComplete().verify(WATCHDOG);
		Files.writeString(file, " \n");
		StepVerifier.create(CredentialSource.file(file).get()).expectComplete().verify(WATCHDOG);
	}

	@Test
	void refusesAFileThatHoldsNoKeyWithoutShowingIt() throws IOException {
		Path file = Files.writeString(this.folder.resolve("key"), "sk-one\nsk-two");
		StepVerifier.create(CredentialSource.file(file).get()).expectErrorSatisfies((ex) -> {
			assertThat(ex).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("position 7");
			assertThat(ex.getMessage()).doesNotContain("sk-");
		}).verify(WATCHDOG);
		Files.write(file, new byte[100_000]);
		StepVerifier.create(CredentialSource.file(file).get())
			.expectErrorSatisfies((ex) -> assertThat(ex).hasMessageContaining("too long").hasMessageContaining("key"))
			.verify(WATCHDOG);
	}

	@Test
	void keepsATokenUntilShortlyBeforeItsEnd() {
		CredentialSource source = token(NOW.plus(Duration.ofMinutes(60)));
		assertThat(source.get().block(WATCHDOG)).isEqualTo(ApiKey.of("token-1"));
		this.now.set(NOW.plus(Duration.ofMinutes(57)));
		assertThat(source.get().block(WATCHDOG)).isEqualTo(ApiKey.of("token-1"));
		this.now.set(NOW.plus(Duration.ofMinutes(58)));
		assertThat(source.get().block(WATCHDOG)).isEqualTo(ApiKey.of("token-2"));
	}

	@Test
	void fetchesATokenAnewWhenItWasRefused() {
		CredentialSource source = token(null);
		ApiKey first = source.get().block(WATCHDOG);
		source.refused(ApiKey.of("another"));
		assertThat(source.get().block(WATCHDOG)).isEqualTo(first);
		source.refused(first);
		assertThat(source.get().block(WATCHDOG)).isEqualTo(ApiKey.of("token-2"));
		assertThat(source.get().block(WATCHDOG)).isEqualTo(ApiKey.of("token-2"));
	}

	@Test
	void fetchesOnceForAllThatWait() {
		Sinks.One<ExpiringKey> issued = Sinks.one();
		CredentialSource source = CredentialSource.token("issuer",
				Mono.defer(() -> issued.asMono().doOnSubscribe((subscription) -> this.fetches.incrementAndGet())));
		StepVerifier.create(Mono.zip(source.get(), source.get()))
			.then(() -> issued.tryEmitValue(new ExpiringKey(ApiKey.of("token"), null)))
			.assertNext((both) -> assertThat(both.getT1()).isEqualTo(both.getT2()))
			.expectComplete()
			.verify(WATCHDOG);
		assertThat(this.fetches).hasValue(1);
	}

	@Test
	void doesNotKeepAFailure() {
		CredentialSource source = CredentialSource.token("issuer",
				Mono.defer(() -> (this.fetches.incrementAndGet() == 1) ? Mono.error(new IllegalStateException("down"))
						: Mono.just(new ExpiringKey(ApiKey.of("token"), null))));
		StepVerifier.create(source.get()).expectErrorMessage("down").verify(WATCHDOG);
		assertThat(source.get().block(WATCHDOG)).isEqualTo(ApiKey.of("token"));
	}

	private CredentialSource token(Instant expiresAt) {
		return new TokenCredential("issuer",
				Mono.fromSupplier(
						() -> new ExpiringKey(ApiKey.of("token-" + this.fetches.incrementAndGet()), expiresAt)),
				this.now::get);
	}

}
