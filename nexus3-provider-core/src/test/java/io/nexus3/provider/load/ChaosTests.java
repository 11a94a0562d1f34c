package io.nexus3.provider.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.Timeouts;
import io.nexus3.provider.load.CheckedCall.Outcome;
import io.nexus3.provider.test.fault.FaultProxy;
import io.nexus3.provider.test.fault.ToxicPlan;
import io.nexus3.provider.test.fault.Toxics;
import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.ReceivedRequest;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.http.ScriptedServer;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

class ChaosTests {

	private static final Logger logger = LoggerFactory.getLogger(ChaosTests.class);

	private static final int CALLS = Integer.getInteger("nexus3.chaos.calls", 10_000);

	private static final long SEED = Long.getLong("nexus3.chaos.seed", System.nanoTime());

	private static final int AT_ONCE = 128;

	private static final double HIT = 0.3;

	/** The first one, three retries, and one for a stale connection. */
	private static final int MOST_ATTEMPTS = 5;

	private final Map<Integer, AtomicInteger> requests = new ConcurrentHashMap<>();

	private final AtomicInteger hits = new AtomicInteger();

	@Test
	void everyCallOverABadNetworkEndsWholeOrTyped() throws Exception {
		long start = System.nanoTime();
		try (QuietNetwork quiet = new QuietNetwork();
				ScriptedServer server = ScriptedServer.start(this::answer);
				FaultProxy proxy = FaultProxy.start(server.port());
				LoadScene scene = new LoadScene(proxy.baseUrl(), ChaosTests::settings)) {
			proxy.useForEachExchange(counted(RandomToxics.plan(SEED, HIT)));
			List<Outcome> outcomes = Flux.range(0, CALLS)
				.flatMap((id) -> call(id, scene), AT_ONCE)
				.collectList()
				.block(LoadScene.WATCHDOG.multipliedBy(2));
			String summary = summary(outcomes, scene, start);
			logger.info(summary);
			assertThat(outcomes).as(summary).hasSize(CALLS);
			assertThat(outcomes).as(summary).filteredOn((outcome) -> outcome.fault() != null).isEmpty();
			assertThat(outcomes).as(summary)
				.filteredOn((outcome) -> outcome.error() != null)
				.allMatch((outcome) -> outcome.error().attempts().size() <= MOST_ATTEMPTS);
			assertThat(scene.tally.mostAttempts).as(summary).hasValueLessThanOrEqualTo(MOST_ATTEMPTS);
			assertThat(this.requests.values()).as(summary).allMatch((count) -> count.get() <= MOST_ATTEMPTS);
			assertThat(scene.tally.active()).as(summary).isZero();
			assertThat(this.hits.get()).as(summary).isGreaterThan((int) (proxy.exchanges() * HIT * 0.8));
			// The seven in ten that are not hit must not suffer with the others.
			assertThat(outcomes.stream().filter(Outcome::success).count()).as(summary).isGreaterThan(CALLS * 7L / 10);
			assertThat(quiet.errors()).as(summary).isEmpty();
			LoadScene.await("all connections are given back", () -> scene.acquired() == 0 && scene.pending() == 0);
		}
	}

	private Mono<Outcome> call(int id, LoadScene scene) {
		Random random = new Random(SEED + id);
		NumberedCall call = new NumberedCall(id, 1 + random.nextInt(16));
		boolean stream = random.nextInt(10) < 7;
		return CheckedCall.make(call, random.nextBoolean() ? scene.open() : scene.claude(), stream);
	}

	/** Some answers are cut anywhere, and some connections die when nobody looks. */
	private ScriptedResponse answer(ReceivedRequest request) {
		NumberedCall call = NumberedCall.of(request);
		this.requests.computeIfAbsent(call.id(), (id) -> new AtomicInteger()).incrementAndGet();
		ScriptedResponse answer = call.answer(request);
		if (call.id() % 5 == 0) {
			answer = answer.splitRandomly(new Random(SEED + call.id()), 100);
		}
		return (call.id() % 50 == 0) ? answer.withEnding(Ending.CLEAN_THEN_CLOSE) : answer;
	}

	private ToxicPlan counted(ToxicPlan plan) {
		return (number) -> {
			Toxics toxics = plan.choose(number);
			if (!toxics.isEmpty()) {
				this.hits.incrementAndGet();
			}
			return toxics;
		};
	}

	private static ProviderConfig settings(ProviderConfig config) {
		Duration soon = Duration.ofSeconds(2);
		return config
			.withTimeouts(Timeouts.defaults().withResponse(soon).withIdle(soon).withFirstEvent(soon).withStall(soon));
	}

	private String summary(List<Outcome> outcomes, LoadScene scene, long start) {
		Map<String, Long> kinds = outcomes.stream()
			.collect(Collectors.groupingBy(Outcome::name, TreeMap::new, Collectors.counting()));
		return "Chaos: seed %d, %d calls in %d ms, %s; %d attempts, at most %d a call; %d exchanges hit".formatted(SEED,
				CALLS, (System.nanoTime() - start) / 1_000_000, kinds, scene.tally.attempts.get(),
				scene.tally.mostAttempts.get(), this.hits.get());
	}

}
