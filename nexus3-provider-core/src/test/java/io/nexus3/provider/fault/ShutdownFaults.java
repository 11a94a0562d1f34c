package io.nexus3.provider.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import io.nexus3.provider.AsyncProvider;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.config.CredentialSource;
import io.nexus3.provider.config.FaultCredentials;
import io.nexus3.provider.config.ModelConfig;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ScriptedResponse;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Applications that end while calls are under way, and calls after the end.
 */
final class ShutdownFaults implements FaultRows {

	private static final Duration LONG = Duration.ofSeconds(20);

	@Override
	public void addTo(FaultTable table) {
		table.row("F85", "closing lets calls end for a while, then ends them", ShutdownFaults::shutdown);
		table.row("F86", "use after closing is a typed error, and closing twice is closing once",
				ShutdownFaults::afterClosing);
	}

	private static void shutdown(FaultFormat format) throws Exception {
		Set<Thread> before = nonDaemons();
		letsCallsEnd(format);
		endsWhatDoesNotEnd(format);
		doesNotBlockAnEventLoop(format);
		racesWithAnswers(format);
		racesWithCalls(format);
		assertThat(nonDaemons()).as("threads that keep the process alive").isSubsetOf(before);
		assertThat(ProvidersConfig.of(List.of(), List.of(), null).shutdownGrace()).isEqualTo(Duration.ofSeconds(5));
	}

	private static void letsCallsEnd(FaultFormat format) throws Exception {
		Gate held = new Gate();
		try (Scene scene = Scene.graceful(format.type, LONG, (request) -> half(format, held))) {
			CompletableFuture<List<StreamEvent>> running = scene.provider.stream("Hi").collectList().toFuture();
			held.reached().get(10, TimeUnit.SECONDS);
			CompletableFuture<Void> closed = scene.registry.closeAsync().toFuture();
			for (boolean stream : List.of(false, true)) {
				ExpectedError.of(ErrorKind.CLOSED, scene.error(stream));
			}
			assertThat(closed).isNotDone();
			held.open();
			assertThat(Scene.text(running.get(10, TimeUnit.SECONDS))).isEqualTo("Hello");
			closed.get(10, TimeUnit.SECONDS);
			assertThat(scene.requests()).isEqualTo(1);
			scene.server.exchanges().get(0).closedByClient().get(5, TimeUnit.SECONDS);
		}
	}

	private static void endsWhatDoesNotEnd(FaultFormat format) throws Exception {
		Gate never = new Gate();
		try (Scene scene = Scene.graceful(format.type, Duration.ofMillis(300), (request) -> half(format, never))) {
			CompletableFuture<Scene.Streamed> running = CompletableFuture
				.supplyAsync(() -> Scene.streamed(scene.provider.stream("Hi")));
			never.reached().get(10, TimeUnit.SECONDS);
			long start = System.nanoTime();
			scene.registry.close();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
			ProviderException error = ExpectedError.of(ErrorKind.CLOSED, running.get(10, TimeUnit.SECONDS).error());
			assertThat(error.partialMessage().text()).isEqualTo("He");
			assertThat(error.partialOutput()).isTrue();
			scene.server.exchanges().get(0).closedByClient().get(5, TimeUnit.SECONDS);
		}
	}

	private static void doesNotBlockAnEventLoop(FaultFormat format) {
		Gate begun = new Gate();
		Gate held = new Gate();
		try (Scene scene = Scene.graceful(format.type, LONG,
				(request) -> half(ScriptedResponse.sse().thenAwait(begun), format, held))) {
			// The subscriber runs on the event loop that would have to end the call, and
			// not where it was subscribed, as nothing comes while that goes on.
			StepVerifier.create(scene.provider.stream("Hi").doOnNext((event) -> scene.registry.close()))
				.then(begun::open)
				.expectNextCount(1)
				.then(held::open)
				.expectNextCount(2)
				.expectComplete()
				.verify(Scene.WATCHDOG);
			scene.registry.close();
		}
	}

	private static void racesWithAnswers(FaultFormat format) throws Exception {
		try (Scene scene = format.scene(Scene.retrying(3), format.good(true, "ok"))) {
			ProvidersConfig config = scene.registry.config();
			for (int round = 0; round < 100; round++) {
				ProviderRegistry registry = ProviderRegistry.builder(config).build();
				AsyncProvider provider = registry.getForModel();
				List<CompletableFuture<Scene.Streamed>> calls = new ArrayList<>();
				for (int i = 0; i < 3; i++) {
					calls.add(CompletableFuture.supplyAsync(() -> Scene.streamed(provider.stream("Hi"))));
				}
				int before = scene.requests();
				while (round % 3 == 0 && scene.requests() < before + 1 && !calls.get(0).isDone()) {
					Thread.onSpinWait();
				}
				registry.close();
				for (CompletableFuture<Scene.Streamed> call : calls) {
					Scene.Streamed streamed = call.get(10, TimeUnit.SECONDS);
					if (streamed.error() != null) {
						ExpectedError.of(ErrorKind.CLOSED, streamed.error());
					}
					assertThat(streamed.completed()).isEqualTo(streamed.error() == null);
				}
			}
		}
	}

	/** Calls without a server: what matters is who is told of the end, and how. */
	private static void racesWithCalls(FaultFormat format) throws Exception {
		CredentialSource nowhere = FaultCredentials.environment("NOWHERE", Map.of());
		ProvidersConfig config = ProvidersConfig
			.of(List.of(ProviderConfig.of("test", format.type).withAccess(new ProviderConfig.Access(nowhere, null))),
					List.of(ModelConfig.of("m", "test", "gpt")), null)
			.withShutdownGrace(Duration.ZERO);
		ExecutorService threads = Executors.newFixedThreadPool(2);
		AtomicLong calls = new AtomicLong();
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
		try {
			while (System.nanoTime() < end) {
				ProviderRegistry registry = ProviderRegistry.builder(config).build();
				CountDownLatch go = new CountDownLatch(1);
				AtomicBoolean closed = new AtomicBoolean();
				List<Future<?>> callers = new ArrayList<>();
				for (int i = 0; i < 2; i++) {
					callers.add(threads.submit(() -> {
						go.countDown();
						while (!closed.get()) {
							callOnce(registry, calls);
						}
						assertThat(callOnce(registry, calls)).isEqualTo(ErrorKind.CLOSED);
						return null;
					}));
				}
				go.await();
				registry.close();
				closed.set(true);
				for (Future<?> caller : callers) {
					caller.get(10, TimeUnit.SECONDS);
				}
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(calls.get()).isGreaterThan(1000);
	}

	/** A call that gets as far as its key: there is none. */
	private static ErrorKind callOnce(ProviderRegistry registry, AtomicLong calls) {
		calls.incrementAndGet();
		try {
			AsyncProvider provider = registry.getForModel("m");
			Flux<StreamEvent> stream = (calls.get() % 2 == 0) ? provider.stream("Hi")
					: provider.complete("Hi").thenMany(Flux.empty());
			stream.blockLast(Scene.WATCHDOG);
			throw new AssertionError("A call without a key succeeded");
		}
		catch (ProviderException ex) {
			assertThat(ex.kind()).isIn(ErrorKind.CLOSED, ErrorKind.CONFIGURATION);
			return ex.kind();
		}
	}

	private static ScriptedResponse half(FaultFormat format, Gate gate) {
		return half(ScriptedResponse.sse(), format, gate);
	}

	private static ScriptedResponse half(ScriptedResponse before, FaultFormat format, Gate gate) {
		return before.thenWrite(format.start("He"))
			.thenAwait(gate)
			.thenWrite(format.delta("llo") + format.stop + format.done);
	}

	private static Set<Thread> nonDaemons() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> !thread.isDaemon() && !thread.getName().startsWith("pool-"))
			.collect(Collectors.toSet());
	}

	private static void afterClosing(FaultFormat format) {
		try (Scene scene = Scene.graceful(format.type, LONG, (request) -> format.good(false, "ok"))) {
			assertThat(scene.complete().text()).isEqualTo("ok");
			scene.registry.close();
			scene.registry.close();
			StepVerifier.create(scene.registry.closeAsync()).expectComplete().verify(Scene.WATCHDOG);
			for (boolean stream : List.of(false, true)) {
				ProviderException error = ExpectedError.of(ErrorKind.CLOSED, scene.error(stream));
				assertThat(error.retryable()).isFalse();
				assertThat(error.attempts()).isEmpty();
			}
			assertThat(catchThrowableOfType(ProviderException.class, () -> scene.registry.getForModel("alias")).kind())
				.isEqualTo(ErrorKind.CLOSED);
			assertThat(scene.requests()).isEqualTo(1);
		}
		try (ProviderRegistry unused = ProviderRegistry.of(Scene.provider(format.type, "http://127.0.0.1:1"), "m")) {
			unused.close();
		}
	}

}
