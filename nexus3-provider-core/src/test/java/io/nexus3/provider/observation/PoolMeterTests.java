package io.nexus3.provider.observation;

import java.util.List;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.wire.PoolListener.ConnectionPool;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PoolMeterTests {

	@Test
	void theGaugesFollowThePool() {
		// The rest holds the connection until the first event was seen.
		Gate rest = new Gate();
		try (ObservedScene scene = ObservedScene.of(ScriptedResponse.sse(ObservedAnswers.openAiDelta("o"))
			.thenAwait(rest)
			.thenWrite(ObservedAnswers.openAiEnd()))) {
			Double during = scene.provider.stream("Hi")
				.map((event) -> gauge(scene, "active"))
				.doOnNext((active) -> rest.open())
				.collectList()
				.block(ObservedScene.WATCHDOG)
				.get(0);
			assertThat(during).isEqualTo(1.0);
			assertThat(gauge(scene, "pending")).isZero();
			assertThat(gauge(scene, "max")).isEqualTo(4096);
		}
	}

	@Test
	void theGaugesGoWithThePool() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		try (ObservedScene scene = new ObservedScene.Setup().meters(meters).scene(ObservedAnswers.openAi(false))) {
			scene.call(false);
			assertThat(meters.find("nexus3.provider.connections.active").gauges()).hasSize(1);
			scene.registry.closeAsync().block(ObservedScene.WATCHDOG);
			assertThat(meters.find("nexus3.provider.connections.active").gauges()).isEmpty();
			assertThat(meters.find("nexus3.provider.connections.max").gauges()).isEmpty();
		}
	}

	@Test
	void nothingIsKeptInTheRegistryOfTheProcess() {
		List<Meter> before = Metrics.globalRegistry.getMeters();
		try (ObservedScene scene = ObservedScene
			.of(ScriptedResponse.sse(ObservedAnswers.openAiDelta("o")).thenAwait(new Gate()))) {
			scene.provider.stream("Hi").take(1).blockLast(ObservedScene.WATCHDOG);
			scene.awaitEnd();
			assertThat(Metrics.globalRegistry.getMeters()).isSubsetOf(before);
		}
	}

	@Test
	void twoPoolsOfAProviderAreOneInTheGauges() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		PoolMeters listener = new PoolMeters(meters);
		ConnectionPool old = new FixedPool("box", 3, 1, 0, 8);
		ConnectionPool fresh = new FixedPool("box", 2, 4, 5, 8);
		listener.poolOpened(old);
		listener.poolOpened(fresh);
		Gauge active = meters.get("nexus3.provider.connections.active").tag("provider", "box").gauge();
		assertThat(active.value()).isEqualTo(5);
		assertThat(meters.get("nexus3.provider.connections.idle").gauge().value()).isEqualTo(5);
		assertThat(meters.get("nexus3.provider.connections.pending").gauge().value()).isEqualTo(5);
		assertThat(meters.get("nexus3.provider.connections.max").gauge().value()).isEqualTo(16);
		listener.poolClosed(old);
		assertThat(active.value()).isEqualTo(2);
		listener.poolClosed(fresh);
		assertThat(meters.getMeters()).isEmpty();
	}

	private static double gauge(ObservedScene scene, String figure) {
		return scene.meters.get("nexus3.provider.connections." + figure).tag("provider", "box").gauge().value();
	}

	private record FixedPool(String provider, int active, int idle, int pending, int max) implements ConnectionPool {

	}

}
