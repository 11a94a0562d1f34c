package io.nexus3.provider.behaviour;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.nexus3.provider.test.http.Exchange;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ScriptedResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Operators;
import reactor.netty.http.client.HttpClientResponse;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A cancellation at the one moment at which the HTTP client has given the answer away and
 * nobody has taken it yet.
 */
class CrossingCancellationTests {

	private static final String HOOK = CrossingCancellationTests.class.getName();

	@AfterEach
	void withoutHook() {
		Hooks.resetOnEachOperator(HOOK);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("59: a cancellation that crosses the head of the answer closes the connection")
	void closesTheConnection(boolean stream) throws Exception {
		Disposable.Swap call = Disposables.swap();
		AtomicBoolean crossed = new AtomicBoolean();
		Hooks.onEachOperator(HOOK, Operators.lift((source) -> source.getClass().getSimpleName().equals("MonoCreate"),
				(source, actual) -> new Crossing<>(actual, () -> {
					crossed.set(true);
					call.dispose();
				})));
		try (Scene scene = Scene.of(Scene.retrying(0),
				ScriptedResponse.sse(ServedAnswers.delta("He")).thenAwait(new Gate()))) {
			call.update(
					(stream ? scene.provider.stream("Hi").then() : scene.provider.complete("Hi").then()).subscribe());
			Exchange exchange = scene.server.awaitExchange(0, Duration.ofSeconds(5));
			exchange.closedByClient().get(5, TimeUnit.SECONDS);
			assertThat(crossed).isTrue();
			assertThat(scene.trace.ended.get(1, TimeUnit.SECONDS).outcome().name()).isEqualTo("CANCELLED");
		}
	}

	/** Does something just before it hands over an answer of which the head has come. */
	private record Crossing<T>(CoreSubscriber<? super T> actual,
			Runnable beforeTheAnswer) implements CoreSubscriber<T> {

		@Override
		public Context currentContext() {
			return this.actual.currentContext();
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.actual.onSubscribe(subscription);
		}

		@Override
		public void onNext(T value) {
			if (value instanceof HttpClientResponse response && hasHead(response)) {
				this.beforeTheAnswer.run();
			}
			this.actual.onNext(value);
		}

		@Override
		public void onError(Throwable error) {
			this.actual.onError(error);
		}

		@Override
		public void onComplete() {
			this.actual.onComplete();
		}

		private static boolean hasHead(HttpClientResponse response) {
			try {
				return response.status() != null;
			}
			catch (IllegalStateException ex) {
				return false;
			}
		}

	}

}
