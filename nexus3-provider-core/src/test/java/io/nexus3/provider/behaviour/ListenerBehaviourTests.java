package io.nexus3.provider.behaviour;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.nexus3.provider.AsyncProvider;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.registry.CallListener;
import io.nexus3.provider.registry.CallTrace;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.wire.RawLogListener;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;

class ListenerBehaviourTests {

	@Test
	@DisplayName("61: the raw log can be set, replaced and cleared, and counts attempts")
	void setsReplacesAndClearsTheRawLog() {
		try (Scene scene = Scene.of(ServedAnswers.error(503, "down"), ServedAnswers.json("ok"))) {
			RecordedRawLog first = new RecordedRawLog();
			RecordedRawLog second = new RecordedRawLog();
			scene.registry.setRawLog(first);
			scene.complete();
			scene.registry.setRawLog(second);
			scene.complete();
			scene.registry.setRawLog(null);
			scene.complete();
			assertThat(first.starting("request")).hasSize(2);
			assertThat(first.starting("request 2")).hasSize(1);
			assertThat(first.starting("end 1 failed")).hasSize(1);
			assertThat(first.starting("end 2 completed")).hasSize(1);
			assertThat(second.starting("request")).hasSize(1);
			assertThat(first.lines).noneMatch((line) -> line.contains(Scene.KEY) || line.contains("Authorization"));
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("61: a throwing raw log does not break the call")
	void survivesAThrowingRawLog(boolean stream) {
		RawLogListener throwing = new RawLogListener() {
			@Override
			public void onRequest(Attempt attempt, String url, String body) {
				throw new IllegalStateException("request");
			}

			@Override
			public void onResponse(Attempt attempt, int status, String body, boolean truncated) {
				throw new IllegalStateException("response");
			}

			@Override
			public void onChunk(Attempt attempt, String chunk) {
				throw new IllegalStateException("chunk");
			}

			@Override
			public void onEnd(Attempt attempt, String outcome, Throwable error) {
				throw new IllegalStateException("end");
			}
		};
		try (Scene scene = Scene.of(ServedAnswers.error(503, "down"), ServedAnswers.either(stream, "ok"))) {
			scene.registry.setRawLog(throwing);
			assertThat(scene.call(stream)).isEqualTo("ok");
		}
	}

	@Test
	@DisplayName("65: a listener in the context sees only the calls of its subscriber")
	void showsASubscriberItsOwnCalls() {
		try (Scene scene = Scene.of(ServedAnswers.stream("ok"))) {
			RecordedRawLog own = new RecordedRawLog();
			RecordedRawLog all = new RecordedRawLog();
			scene.registry.setRawLog(all);
			Flux<StreamEvent> shared = scene.provider.stream("Hi");
			shared.contextWrite((context) -> context.put(RawLogListener.class, own)).blockLast(Scene.WATCHDOG);
			shared.blockLast(Scene.WATCHDOG);
			scene.provider.complete("Hi")
				.contextWrite((context) -> context.put(RawLogListener.class, own))
				.block(Scene.WATCHDOG);
			assertThat(own.starting("request")).hasSize(2);
			assertThat(all.starting("request")).hasSize(3);
		}
	}

	@Test
	@DisplayName("61: the trace of a success after a retry is told in order and ends once")
	void tracesASuccess() {
		try (Scene scene = Scene.of(ServedAnswers.error(503, "down"), ServedAnswers.stream("o", "k"))) {
			scene.stream();
			assertThat(scene.trace.steps).containsExactly("started", "attempt 1", "attempt 1 FAILED 503", "retry",
					"attempt 2", "first event", "attempt 2 COMPLETED 200", "ended COMPLETED after 2");
		}
	}

	@Test
	@DisplayName("61: the trace of a failure is told in order and ends once")
	void tracesAFailure() {
		try (Scene scene = Scene.of(Scene.retrying(1), ServedAnswers.error(503, "down"))) {
			scene.completeError();
			assertThat(scene.trace.steps).containsExactly("started", "attempt 1", "attempt 1 FAILED 503", "retry",
					"attempt 2", "attempt 2 FAILED 503", "ended FAILED after 2");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	@DisplayName("61: a throwing call listener breaks nothing")
	void survivesAThrowingListener(boolean stream) {
		CallListener throwing = (call, context) -> {
			throw new IllegalStateException("thrown by a listener");
		};
		CallListener nothing = (call, context) -> null;
		try (Scene scene = Scene.of(ServedAnswers.either(stream, "ok"));
				ProviderRegistry registry = ProviderRegistry.builder(scene.registry.config())
					.listeners(List.of(throwing, nothing, scene.trace))
					.build()) {
			AsyncProvider provider = registry.getForModel();
			if (stream) {
				assertThat(Scene.streamed(provider.stream("Hi")).text()).isEqualTo("ok");
			}
			else {
				assertThat(provider.complete("Hi").block(Scene.WATCHDOG).text()).isEqualTo("ok");
			}
			assertThat(scene.trace.steps).endsWith("ended COMPLETED after 1");
		}
	}

	@Test
	@DisplayName("61: the trace of a stream is told every event before the subscriber sees it, but for the end")
	void tellsOfEveryEvent() {
		List<String> steps = new CopyOnWriteArrayList<>();
		CallListener counting = (call, context) -> new CallTrace() {
			@Override
			public void firstEvent() {
				steps.add("first");
			}

			@Override
			public void event() {
				steps.add("event");
			}
		};
		try (Scene scene = Scene.of(ServedAnswers.stream("o", "k"));
				ProviderRegistry registry = ProviderRegistry.builder(scene.registry.config())
					.listeners(List.of(counting))
					.build()) {
			registry.getForModel("alias").stream("Hi").doOnNext((event) -> steps.add("seen")).blockLast(Scene.WATCHDOG);
			assertThat(steps).containsExactly("first", "event", "seen", "event", "seen", "seen");
		}
	}

	@Test
	@DisplayName("61: the context of each attempt is what the trace makes of the subscriber's")
	void asksForTheContextOfEachAttempt() {
		List<String> steps = new CopyOnWriteArrayList<>();
		CallListener asking = (call, context) -> new CallTrace() {
			@Override
			public void attemptStarted(int number) {
				steps.add("attempt " + number);
			}

			@Override
			public Context context(Context context) {
				steps.add("context " + context.get("who"));
				return context;
			}
		};
		try (Scene scene = Scene.of(ServedAnswers.error(503, "down"), ServedAnswers.json("ok"));
				ProviderRegistry registry = ProviderRegistry.builder(scene.registry.config())
					.listeners(List.of(asking))
					.build()) {
			registry.getForModel("alias")
				.complete("Hi")
				.contextWrite((context) -> context.put("who", "me"))
				.block(Scene.WATCHDOG);
			assertThat(steps).containsExactly("attempt 1", "context me", "attempt 2", "context me");
		}
	}

	@Test
	@DisplayName("61: the trace of a cancelled call is told what had arrived")
	void tellsWhatHadArrivedOfACancelledCall() throws Exception {
		try (Scene scene = Scene.of(ScriptedResponse.sse(ServedAnswers.delta("He")).thenAwait(new Gate()))) {
			scene.provider.stream("Hi").take(1).blockLast(Scene.WATCHDOG);
			assertThat(scene.trace.ended.get(5, TimeUnit.SECONDS).message().text()).isEqualTo("He");
		}
	}

	@Test
	@DisplayName("61: a listener is told what is asked and where")
	void tellsWhatIsAsked() {
		List<CallListener.CallInfo> calls = new CopyOnWriteArrayList<>();
		CallListener listening = (call, context) -> {
			calls.add(call);
			return new CallTrace() {
			};
		};
		try (Scene scene = Scene.of(
				(config) -> config.withOptions(RequestOptions.defaults().withTemperature(0.5).withTopP(0.25)),
				ServedAnswers.json("ok"));
				ProviderRegistry registry = ProviderRegistry.builder(scene.registry.config())
					.listeners(List.of(listening))
					.build()) {
			CompletionRequest request = CompletionRequest.of("Hi")
				.withOptions(RequestOptions.defaults().withTemperature(1));
			registry.getForModel("alias").complete(request).block(Scene.WATCHDOG);
			assertThat(calls).singleElement().satisfies((call) -> {
				assertThat(call.asked().request()).isSameAs(request);
				assertThat(call.asked().options().sampling().temperature()).isEqualTo(1);
				assertThat(call.asked().options().sampling().topP()).isEqualTo(0.25);
				assertThat(call.asked().server().port()).isEqualTo(scene.server.port());
			});
		}
	}

}
