package io.nexus3.provider.fault;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.nexus3.provider.ContentDelta;
import io.nexus3.provider.StreamComplete;
import io.nexus3.provider.behaviour.OneByOne;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.test.http.BodyStep;
import io.nexus3.provider.test.http.Exchange;
import io.nexus3.provider.test.http.ScriptedResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Consumers that are slower than the server.
 */
final class BackpressureFaults implements FaultRows {

	private static final int EVENTS = 20_000;

	@Override
	public void addTo(FaultTable table) {
		table.row("F81", "a slow consumer holds the server back, and loses nothing", BackpressureFaults::slowConsumer);
	}

	private static void slowConsumer(FaultFormat format) throws Exception {
		byte[] flood = format.delta("x".repeat(1000)).repeat(50).getBytes(StandardCharsets.UTF_8);
		ScriptedResponse gigabyte = ScriptedResponse.sse(format.opening)
			.then(new BodyStep.Repeat(flood, 1024L * HeapWatch.MIB / flood.length));
		HeapWatch heap = new HeapWatch();
		try (Scene scene = format.scene(Scene.retrying(0), gigabyte)) {
			OneByOne consumer = new OneByOne();
			scene.provider.stream("Hi").subscribe(consumer);
			assertThat(consumer.next()).isInstanceOf(ContentDelta.class);
			Exchange exchange = scene.server.exchanges().get(0);
			long written = awaitStandstill(exchange);
			assertThat(written).as("bytes that the network takes").isLessThan(64L * HeapWatch.MIB);
			heap.assertGrowthBelow(16L * HeapWatch.MIB);
			for (int i = 0; i < 100; i++) {
				assertThat(consumer.next()).isInstanceOf(ContentDelta.class);
			}
			heap.assertGrowthBelow(16L * HeapWatch.MIB);
			consumer.cancel();
			exchange.closedByClient().get(5, TimeUnit.SECONDS);
		}
		losesNothing(format);
	}

	private static void losesNothing(FaultFormat format) throws Exception {
		String[] texts = new String[EVENTS];
		for (int i = 0; i < EVENTS; i++) {
			texts[i] = i + " ";
		}
		try (Scene scene = format.scene(Scene.retrying(0), ScriptedResponse.sse(format.sse(texts)))) {
			OneByOne consumer = new OneByOne();
			scene.provider.stream("Hi").subscribe(consumer);
			for (String text : List.of(texts)) {
				assertThat(consumer.next()).isInstanceOfSatisfying(ContentDelta.class,
						(delta) -> assertThat(delta.text()).isEqualTo(text));
			}
			assertThat(consumer.next()).isInstanceOf(StreamComplete.class);
		}
	}

	/** Wait until the server writes nothing more, and say how much it wrote. */
	private static long awaitStandstill(Exchange exchange) {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
		long written = -1;
		long since = System.nanoTime();
		while (System.nanoTime() - since < TimeUnit.MILLISECONDS.toNanos(500)) {
			assertThat(System.nanoTime()).as("the server goes on writing").isLessThan(deadline);
			if (exchange.bytesWritten() != written) {
				written = exchange.bytesWritten();
				since = System.nanoTime();
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
		}
		return written;
	}

}
