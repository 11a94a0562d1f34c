package io.nexus3.provider.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;

import io.netty.util.ResourceLeakDetector;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.Timeouts;
import io.nexus3.provider.load.CheckedCall.Outcome;
import io.nexus3.provider.test.fault.FaultProxy;
import io.nexus3.provider.test.http.ScriptedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static io.nexus3.provider.load.MemoryProbe.MIB;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams over a bad network for minutes: nothing may grow. Run by the profile
 * {@code soak} only.
 */
@Tag("soak")
class SoakTests {

	private static final int MINUTES = Integer.getInteger("nexus3.soak.minutes", 10);

	private static final long SEED = Long.getLong("nexus3.soak.seed", System.nanoTime());

	private static final int STREAMS_A_SECOND = 50;

	private static final Duration SAMPLE = Duration.ofSeconds(10);

	private static final Duration WATCHDOG = Duration.ofMinutes(1);

	private static final ResourceLeakDetector.Level LEVEL = ResourceLeakDetector.getLevel();

	private final Map<String, LongAdder> ends = new ConcurrentHashMap<>();

	private final ConcurrentLinkedQueue<Outcome> faults = new ConcurrentLinkedQueue<>();

	@BeforeAll
	static void lookForLeaks() {
		ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
	}

	@AfterAll
	static void lookNoMore() {
		ResourceLeakDetector.setLevel(LEVEL);
	}

	@Test
	void nothingGrowsWhileStreamsComeAndGo() throws Exception {
		try (QuietNetwork quiet = new QuietNetwork();
				ScriptedServer server = ScriptedServer.start((request) -> NumberedCall.of(request).answer(request));
				FaultProxy proxy = FaultProxy.start(server.port());
				LoadScene scene = new LoadScene(proxy.baseUrl(), SoakTests::settings)) {
			proxy.useForEachExchange(RandomToxics.plan(SEED, 0.3));
			List<Sample> samples = run(server, proxy, scene);
			LoadScene.await("all connections are given back", () -> scene.acquired() == 0);
			assertThat(this.faults).as("seed %d", SEED).isEmpty();
			assertThat(quiet.errors()).as("seed %d", SEED).isEmpty();
			assertThat(scene.tally.active()).isZero();
			Growth growth = new Growth(samples);
			print("growth after warm-up: heap %,d KiB, direct %,d KiB, files %d, threads %d; ends %s; seed %d"
				.formatted(growth.of(Sample::heap) / 1024, growth.of(Sample::direct) / 1024, growth.of(Sample::files),
						growth.of(Sample::threads), this.ends, SEED));
			assertThat(growth.of(Sample::heap)).as("heap").isLessThan(growth.allowed(MIB));
			assertThat(growth.of(Sample::direct)).as("direct memory").isLessThan(8 * MIB);
			assertThat(growth.of(Sample::files)).as("files").isLessThan(50);
			assertThat(growth.of(Sample::threads)).as("threads").isLessThanOrEqualTo(0);
		}
	}

	private List<Sample> run(ScriptedServer server, FaultProxy proxy, LoadScene scene) throws InterruptedException {
		// What is loaded once is read from files, which no thread of the interval may do.
		List.of(scene.open(), scene.claude())
			.forEach((provider) -> CheckedCall.make(new NumberedCall(0, 1), provider, true).block(WATCHDOG));
		CountDownLatch done = new CountDownLatch(1);
		Flux.interval(Duration.ofSeconds(1).dividedBy(STREAMS_A_SECOND))
			.take(Duration.ofMinutes(MINUTES))
			.onBackpressureBuffer()
			.flatMap((id) -> call(id.intValue(), scene), 10_000)
			.doFinally((end) -> done.countDown())
			.subscribe(this::count);
		print("seconds |    calls | under way | heap KiB | direct KiB | files | threads");
		List<Sample> samples = new ArrayList<>();
		long start = System.nanoTime();
		while (!done.await(SAMPLE.toMillis(), TimeUnit.MILLISECONDS)) {
			server.clearExchanges();
			proxy.clearConnections();
			Sample sample = new Sample(MemoryProbe.liveHeap(), MemoryProbe.direct(), MemoryProbe.openFiles(),
					Thread.activeCount());
			samples.add(sample);
			print("%7d | %8d | %9d | %,8d | %,10d | %5d | %7d".formatted(
					TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start), scene.tally.started.get(),
					scene.tally.active(), sample.heap() / 1024, sample.direct() / 1024, sample.files(),
					sample.threads()));
		}
		return samples;
	}

	private Mono<Outcome> call(int id, LoadScene scene) {
		Random random = new Random(SEED + id);
		NumberedCall call = new NumberedCall(id, 1 + random.nextInt(16));
		return CheckedCall.make(call, random.nextBoolean() ? scene.open() : scene.claude(), true);
	}

	private void count(Outcome outcome) {
		this.ends.computeIfAbsent(outcome.name(), (name) -> new LongAdder()).increment();
		if (outcome.fault() != null) {
			this.faults.add(outcome);
		}
	}

	private static ProviderConfig settings(ProviderConfig config) {
		Duration soon = Duration.ofSeconds(2);
		return config
			.withTimeouts(Timeouts.defaults().withResponse(soon).withIdle(soon).withFirstEvent(soon).withStall(soon));
	}

	private static void print(String line) {
		System.out.println(line);
	}

	/**
	 * What was in use at one moment.
	 *
	 * @param heap the live heap in bytes
	 * @param direct direct memory in bytes
	 * @param files open files and sockets
	 * @param threads threads
	 */
	private record Sample(long heap, long direct, long files, long threads) {

	}

	/**
	 * By how much figures grew from the second third of a run to the last: the first is
	 * the warm-up. Medians, as what is under way at one moment differs.
	 */
	private record Growth(List<Sample> samples) {

		long of(ToLongFunction<Sample> figure) {
			int third = this.samples.size() / 3;
			return median(figure, 2 * third, this.samples.size()) - median(figure, third, 2 * third);
		}

		private long median(ToLongFunction<Sample> figure, int from, int to) {
			long[] sorted = this.samples.subList(from, to).stream().mapToLong(figure).sorted().toArray();
			return sorted[sorted.length / 2];
		}

		/** So much in ten minutes; in a short run no less, as nothing is that even. */
		long allowed(long inTenMinutes) {
			double tens = this.samples.size() * SAMPLE.toSeconds() / 3.0 / 600;
			return (long) (inTenMinutes * Math.max(1, tens));
		}

	}

}
