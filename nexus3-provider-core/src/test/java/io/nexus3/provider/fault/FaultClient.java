package io.nexus3.provider.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.nexus3.provider.AsyncProvider;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.behaviour.RecordedTrace;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.config.ModelConfig;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.registry.CallClock;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.transport.HttpTransports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A registry with one provider that talks to a server of any make, or to none.
 */
final class FaultClient implements AutoCloseable {

	final RecordedTrace trace = new RecordedTrace();

	final ProviderRegistry registry;

	final AsyncProvider provider;

	FaultClient(FaultFormat format, String url, UnaryOperator<ProviderConfig> settings, CallClock clock,
			HttpTransports transports) {
		ProviderConfig config = settings.apply(Scene.provider(format.type, url));
		this.registry = ProviderRegistry
			.builder(ProvidersConfig.of(List.of(config), List.of(ModelConfig.of("alias", "test", "gpt")), null))
			.listeners(List.of(this.trace))
			.transports(transports)
			.clock(clock)
			.build();
		this.provider = this.registry.getForModel("alias");
	}

	static FaultClient of(FaultFormat format, String url, UnaryOperator<ProviderConfig> settings) {
		return of(format, url, settings, CallClock.system());
	}

	static FaultClient of(FaultFormat format, String url, UnaryOperator<ProviderConfig> settings, CallClock clock) {
		return new FaultClient(format, url, settings, clock, new HttpTransports());
	}

	/** The text of a call that must end well. */
	String call(boolean stream) {
		return stream ? this.provider.stream("Hi").collectList().map(Scene::text).block(Scene.WATCHDOG)
				: this.provider.complete("Hi").block(Scene.WATCHDOG).text();
	}

	Scene.Streamed streamed() {
		return Scene.streamed(this.provider.stream("Hi"));
	}

	/** The error of a call that must fail. */
	ProviderException error(boolean stream) {
		return stream ? streamed().error() : catchThrowableOfType(ProviderException.class,
				() -> this.provider.complete("Hi").block(Scene.WATCHDOG));
	}

	/** A call that goes on while the test does something else. */
	Running start(boolean stream) {
		Running running = new Running();
		if (stream) {
			this.provider.stream("Hi")
				.subscribe(running.events::add, running.end::completeExceptionally,
						() -> running.end.complete(Scene.text(running.events)));
		}
		else {
			this.provider.complete("Hi")
				.subscribe((message) -> running.end.complete(message.text()), running.end::completeExceptionally);
		}
		return running;
	}

	/** What every error tells, whatever went wrong. */
	static void assertTyped(ProviderException error, ErrorKind kind, int attempts) {
		assertThat(error).isNotNull();
		assertThat(error.kind()).as(error.getMessage()).isEqualTo(kind);
		assertThat(error.provider()).isEqualTo("test");
		assertThat(error.model()).isEqualTo("gpt");
		assertThat(error.attempts()).as(error.getMessage()).hasSize(attempts);
		assertThat(error.attempts()).allSatisfy((attempt) -> assertThat(attempt.reason()).isNotBlank());
		if (attempts > 1) {
			assertThat(error).hasMessageContaining("after " + attempts + " attempts");
		}
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			assertThat(cause.toString()).doesNotContain(Scene.KEY);
		}
	}

	@Override
	public void close() {
		this.registry.close();
	}

	/**
	 * A call under way. Events may be looked at from any thread.
	 */
	static final class Running {

		final List<StreamEvent> events = Collections.synchronizedList(new ArrayList<>());

		final CompletableFuture<String> end = new CompletableFuture<>();

		/** Wait, in real time, until so much text is here. */
		void awaitText(String text) {
			long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
			while (!text().equals(text)) {
				if (System.nanoTime() > deadline) {
					throw new AssertionError("The text is '" + text() + "', not '" + text + "'");
				}
				Thread.onSpinWait();
			}
		}

		String text() {
			synchronized (this.events) {
				return Scene.text(this.events);
			}
		}

		String result() {
			return this.end.orTimeout(20, TimeUnit.SECONDS).join();
		}

		ProviderException error() {
			Throwable thrown = catchThrowable(this::result);
			assertThat(thrown).hasCauseInstanceOf(ProviderException.class);
			return (ProviderException) thrown.getCause();
		}

	}

}
