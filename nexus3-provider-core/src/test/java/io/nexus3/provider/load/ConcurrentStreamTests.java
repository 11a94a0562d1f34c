package io.nexus3.provider.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.nexus3.provider.ContentDelta;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.config.PoolSettings;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.TlsSettings;
import io.nexus3.provider.test.http.Exchange;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ScriptedServer;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.SignalType;

import static org.assertj.core.api.Assertions.assertThat;

class ConcurrentStreamTests {

	private static final Logger logger = LoggerFactory.getLogger(ConcurrentStreamTests.class);

	private static final int STREAMS = Integer.getInteger("nexus3.load.streams", 1_000);

	private static final int EVENTS = 200;

	private static final long SEED = Long.getLong("nexus3.load.seed", System.nanoTime());

	private static final Duration SOON = Duration.ofSeconds(1);

	/** Where the answers to the requests from now on wait. */
	private volatile Gate gate = new Gate();

	private final Map<Integer, Integer> gates = new ConcurrentHashMap<>();

	@Test
	void aThousandStreamsAtOnceLoseMixAndReorderNothing() throws Exception {
		try (ScriptedServer server = start(); LoadScene scene = scene(server)) {
			int threadsOfTen = run(scene, 10);
			long start = System.nanoTime();
			int threads = run(scene, STREAMS);
			long took = System.nanoTime() - start;
			Duration released = LoadScene.await("all connections are given back", () -> scene.acquired() == 0);
			logger.info("{} streams of {} events in {} ms; {} threads, {} with 10 streams; pool empty after {} ms",
					STREAMS, EVENTS, took / 1_000_000, threads, threadsOfTen, released.toMillis());
			assertThat(threads).isLessThanOrEqualTo(threadsOfTen + 2);
			assertThat(released).isLessThan(SOON);
			assertThat(scene.tally.active()).isZero();
			assertThat(scene.tally.attempts.get()).isEqualTo(STREAMS + 10);
		}
	}

	@Test
	void streamsCancelledAnywhereCloseTheirConnectionsAndDisturbNoOther() throws Exception {
		Random random = new Random(SEED);
		IntStream.range(0, STREAMS).forEach((id) -> this.gates.put(id, 1 + random.nextInt(EVENTS - 1)));
		try (ScriptedServer server = start(); LoadScene scene = scene(server)) {
			Streams streams = new Streams(scene, STREAMS);
			streams.awaitGates();
			List<OneStream> cancelled = streams.all.stream().filter((stream) -> stream.call.id() % 5 == 0).toList();
			Map<Integer, Exchange> exchanges = exchanges(server);
			long[] millis = new long[cancelled.size()];
			for (int i = 0; i < millis.length; i++) {
				Instant before = Instant.now();
				cancelled.get(i).cancel();
				Instant seen = exchanges.get(cancelled.get(i).call.id())
					.closedByClient()
					.get(LoadScene.WATCHDOG.toSeconds(), TimeUnit.SECONDS);
				millis[i] = Duration.between(before, seen).toMillis();
			}
			Duration released = LoadScene.await("the cancelled connections are given back",
					() -> scene.acquired() == STREAMS - cancelled.size());
			assertThat(scene.tally.active()).isEqualTo(STREAMS - cancelled.size());
			this.gate.open();
			streams.awaitEnds();
			LoadScene.await("all connections are given back", () -> scene.acquired() == 0);
			Arrays.sort(millis);
			long p99 = millis[millis.length * 99 / 100];
			logger.info("Seed {}: {} of {} streams cancelled, the server saw it after {} ms (p99), at most {} ms", SEED,
					cancelled.size(), STREAMS, p99, millis[millis.length - 1]);
			assertThat(p99).as("seed %d", SEED).isLessThan(SOON.toMillis());
			assertThat(released).as("seed %d", SEED).isLessThan(SOON);
			assertThat(streams.faults()).as("seed %d", SEED).isEmpty();
			assertThat(scene.pending()).isZero();
			assertThat(scene.tally.active()).isZero();
		}
	}

	/**
	 * Run so many streams at once to their end and return how many threads there were.
	 */
	private int run(LoadScene scene, int count) throws InterruptedException {
		this.gate = new Gate();
		Streams streams = new Streams(scene, count);
		streams.awaitGates();
		assertThat(scene.acquired()).isEqualTo(count);
		int threads = threads();
		this.gate.open();
		streams.awaitEnds();
		assertThat(streams.faults()).isEmpty();
		return threads;
	}

	private ScriptedServer start() {
		return ScriptedServer.start((request) -> {
			NumberedCall call = NumberedCall.of(request);
			return call.gatedStream(this.gates.getOrDefault(call.id(), 1), this.gate);
		});
	}

	private static LoadScene scene(ScriptedServer server) {
		PoolSettings pool = new PoolSettings(Math.max(STREAMS, 100), Duration.ofSeconds(45), Duration.ofSeconds(30),
				Duration.ofMinutes(10));
		return new LoadScene(server.baseUrl(),
				(config) -> config.withConnections(new ProviderConfig.Connections(pool, TlsSettings.defaults(), null)));
	}

	private static Map<Integer, Exchange> exchanges(ScriptedServer server) {
		Map<Integer, Exchange> exchanges = new ConcurrentHashMap<>();
		server.exchanges().forEach((exchange) -> exchanges.put(NumberedCall.of(exchange.request()).id(), exchange));
		return exchanges;
	}

	/** The threads of this virtual machine without those of the server. */
	private static int threads() {
		return (int) Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> !thread.getName().startsWith("scripted-server"))
			.count();
	}

	private final class Streams {

		final List<OneStream> all = new ArrayList<>();

		private final CountDownLatch atGate;

		private final CountDownLatch ended;

		Streams(LoadScene scene, int count) {
			this.atGate = new CountDownLatch(count);
			this.ended = new CountDownLatch(count);
			for (int id = 0; id < count; id++) {
				OneStream stream = new OneStream(new NumberedCall(id, EVENTS), this);
				this.all.add(stream);
				scene.open().stream(stream.call.request()).subscribe(stream);
			}
		}

		void awaitGates() throws InterruptedException {
			assertThat(this.atGate.await(LoadScene.WATCHDOG.toSeconds(), TimeUnit.SECONDS)).isTrue();
		}

		void awaitEnds() throws InterruptedException {
			assertThat(this.ended.await(LoadScene.WATCHDOG.toSeconds(), TimeUnit.SECONDS)).isTrue();
		}

		List<String> faults() {
			return this.all.stream().map(OneStream::fault).filter((fault) -> !fault.isEmpty()).toList();
		}

	}

	private final class OneStream extends BaseSubscriber<StreamEvent> {

		final NumberedCall call;

		private final Streams streams;

		private final StringBuffer text = new StringBuffer();

		private int deltas;

		private volatile SignalType end;

		OneStream(NumberedCall call, Streams streams) {
			this.call = call;
			this.streams = streams;
		}

		@Override
		protected void hookOnNext(StreamEvent event) {
			if (event instanceof ContentDelta delta) {
				this.text.append(delta.text());
				if (++this.deltas == ConcurrentStreamTests.this.gates.getOrDefault(this.call.id(), 1)) {
					this.streams.atGate.countDown();
				}
			}
		}

		@Override
		protected void hookFinally(SignalType end) {
			this.end = end;
			this.streams.ended.countDown();
		}

		String fault() {
			boolean whole = this.text.toString().equals(this.call.text());
			boolean begun = this.call.text().startsWith(this.text.toString());
			boolean honest = (this.end == SignalType.CANCEL) ? begun : whole && this.end == SignalType.ON_COMPLETE;
			return honest ? "" : this.call + " ended with " + this.end + ": " + this.text;
		}

	}

}
