package io.nexus3.provider.fault;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.behaviour.TurnableClock;
import io.nexus3.provider.config.Limits;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.test.http.BodyStep;
import io.nexus3.provider.test.http.Framing;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.wire.RawLogListener;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers that are too large, or have no end.
 */
final class SizeFaults implements FaultRows {

	private static final int MIB = HeapWatch.MIB;

	@Override
	public void addTo(FaultTable table) {
		table.row("F69", "an event of 64 MiB is refused before it is in memory", SizeFaults::hugeEvent);
		table.row("F70", "a stream without end meets a limit", SizeFaults::endlessStream);
		table.row("F71", "a JSON answer of 200 MB is refused", SizeFaults::hugeAnswer);
	}

	private static void hugeEvent(FaultFormat format) throws Exception {
		for (boolean stream : List.of(false, true)) {
			Gate nearTheLimit = new Gate();
			byte[] piece = "a".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
			long below = 8L * MIB / piece.length - 1;
			ScriptedResponse huge = ScriptedResponse.sse(format.opening)
				.thenWrite("data: {\"id\":\"")
				.then(new BodyStep.Repeat(piece, below))
				.thenAwait(nearTheLimit)
				.then(new BodyStep.Repeat(piece, 1024 - below));
			Semaphore arrived = new Semaphore(0);
			HeapWatch heap = new HeapWatch();
			try (Scene scene = format.scene(Scene.retrying(3), huge)) {
				scene.registry.setRawLog(new RawLogListener() {

					@Override
					public void onChunk(Attempt attempt, String chunk) {
						arrived.release(chunk.length());
					}

				});
				CompletableFuture<ProviderException> failed = new CompletableFuture<>();
				Thread caller = new Thread(() -> failed.complete(scene.error(stream)), "caller");
				caller.start();
				assertThat(arrived.tryAcquire((int) (below * piece.length), 20, TimeUnit.SECONDS)).isTrue();
				heap.assertGrowthBelow(16L * MIB);
				nearTheLimit.open();
				ProviderException error = ExpectedError.of(ErrorKind.RESPONSE_TOO_LARGE,
						failed.get(20, TimeUnit.SECONDS));
				assertThat(error).hasMessageContaining("sse-event").hasMessageContaining("8388608");
				assertThat(scene.requests()).isEqualTo(1);
				scene.server.exchanges().get(0).closedByClient().get(5, TimeUnit.SECONDS);
			}
		}
	}

	private static void endlessStream(FaultFormat format) {
		ScriptedResponse endless = ScriptedResponse.sse(format.opening)
			.then(new BodyStep.Repeat(format.delta("tick").repeat(50).getBytes(StandardCharsets.UTF_8),
					Long.MAX_VALUE));
		for (boolean stream : List.of(false, true)) {
			try (Scene scene = format.scene(limited(32 * MIB, 20_000), endless)) {
				ProviderException error = ExpectedError.atOnce(ErrorKind.RESPONSE_TOO_LARGE, scene, stream);
				assertThat(error).hasMessageContaining("events").hasMessageContaining("20000");
				assertThat(error.partialMessage().text()).startsWith("ticktick");
				assertThat(error.partialOutput()).isEqualTo(stream);
			}
			try (Scene scene = format.scene(limited(40_000, 1_000_000), endless)) {
				ProviderException error = ExpectedError.atOnce(ErrorKind.RESPONSE_TOO_LARGE, scene, stream);
				assertThat(error).hasMessageContaining("response-body").hasMessageContaining("40000");
			}
		}
		endsAtTheTotalClock(format, endless);
		keepsTheHeapFlat(format, endless);
	}

	private static UnaryOperator<ProviderConfig> limited(int responseBody, int events) {
		Limits limits = Limits.defaults();
		return (config) -> config.withLimits(new Limits(limits.errorBody(), responseBody, limits.sseEvent(),
				limits.toolArguments(), events, limits.responseHeaders()));
	}

	private static void endsAtTheTotalClock(FaultFormat format, ScriptedResponse endless) {
		TurnableClock clock = new TurnableClock();
		Duration total = Duration.ofMinutes(3);
		// No byte may come while time is turned: silence must not be what runs out first.
		Duration longer = total.multipliedBy(2);
		try (Scene scene = format.scene(
				(config) -> config
					.withTimeouts(config.calls().timeouts().withTotal(total).withIdle(longer).withStall(longer)),
				clock.callClock(), (request) -> endless)) {
			StepVerifier.create(scene.provider.stream("Hi"), 100)
				.expectNextCount(100)
				.then(() -> clock.advance(total))
				.expectErrorSatisfies((error) -> {
					ExpectedError.of(ErrorKind.INTERRUPTED, (ProviderException) error);
					assertThat(error).hasMessageContaining("total");
					assertThat(((ProviderException) error).partialMessage().text()).startsWith("tick");
				})
				.verify(Scene.WATCHDOG);
		}
	}

	private static void keepsTheHeapFlat(FaultFormat format, ScriptedResponse endless) {
		AtomicLong count = new AtomicLong();
		try (Scene scene = format.scene(Scene.retrying(0), endless)) {
			HeapWatch heap = new HeapWatch();
			scene.provider.stream("Hi").takeUntil((event) -> {
				boolean enough = count.incrementAndGet() == 200_000;
				if (enough) {
					heap.assertGrowthBelow(8L * MIB);
				}
				return enough;
			}).blockLast(Scene.WATCHDOG);
			assertThat(count).hasValue(200_000);
		}
	}

	private static void hugeAnswer(FaultFormat format) throws Exception {
		byte[] piece = "a".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
		for (boolean stream : List.of(false, true)) {
			ScriptedResponse huge = ScriptedResponse.status(200)
				.withFraming(Framing.CHUNKED)
				.withHeader("Content-Type", "application/json")
				.thenWrite("{\"id\":\"")
				.then(new BodyStep.Repeat(piece, 3200));
			HeapWatch heap = new HeapWatch();
			try (Scene scene = format.scene(Scene.retrying(3), huge)) {
				ProviderException error = ExpectedError.atOnce(ErrorKind.RESPONSE_TOO_LARGE, scene, stream);
				assertThat(error).hasMessageContaining("response-body").hasMessageContaining("33554432");
				scene.server.exchanges().get(0).closedByClient().get(5, TimeUnit.SECONDS);
				assertThat(scene.server.exchanges().get(0).bytesWritten()).isLessThan(100L * MIB);
				heap.assertGrowthBelow(64L * MIB);
			}
		}
	}

}
