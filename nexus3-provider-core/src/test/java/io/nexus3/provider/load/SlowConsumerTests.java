package io.nexus3.provider.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.nexus3.provider.ContentDelta;
import io.nexus3.provider.StreamComplete;
import io.nexus3.provider.behaviour.OneByOne;
import io.nexus3.provider.test.http.BodyStep;
import io.nexus3.provider.test.http.Exchange;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.http.ScriptedServer;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static io.nexus3.provider.load.MemoryProbe.MIB;
import static org.assertj.core.api.Assertions.assertThat;

class SlowConsumerTests {

	private static final Logger logger = LoggerFactory.getLogger(SlowConsumerTests.class);

	private static final long FLOOD = 1024 * MIB;

	/** What the system's socket buffers hold at most, on both sides. */
	private static final long SOCKETS = 48 * MIB;

	private static final long MOST_GROWTH = 16 * MIB;

	private static final int BLOCKS = 64;

	@Test
	void aFloodIsHeldBackAtTheServer() throws Exception {
		byte[] event = event("a");
		ScriptedResponse flood = ScriptedResponse.sse().then(new BodyStep.Repeat(event, FLOOD / event.length));
		try (ScriptedServer server = ScriptedServer.start((request) -> flood); LoadScene scene = scene(server)) {
			long heap = MemoryProbe.liveHeap();
			long direct = MemoryProbe.direct();
			OneByOne subscriber = new OneByOne();
			scene.open().stream("Hi").subscribe(subscriber);
			for (int i = 0; i < 200; i++) {
				assertThat(subscriber.next()).isEqualTo(new ContentDelta("a"));
				Thread.sleep(1);
			}
			Exchange exchange = server.exchanges().get(0);
			long sent = awaitBlocked(exchange);
			long heapGrowth = MemoryProbe.liveHeap() - heap;
			long directGrowth = MemoryProbe.direct() - direct;
			logger.info("Flood of 1 GiB: blocked after {} KiB, heap +{} KiB, direct memory +{} KiB", sent / 1024,
					heapGrowth / 1024, directGrowth / 1024);
			assertThat(sent).isLessThan(SOCKETS);
			assertThat(heapGrowth).isLessThan(MOST_GROWTH);
			assertThat(directGrowth).isLessThan(MOST_GROWTH);
			assertThat(subscriber.next()).isEqualTo(new ContentDelta("a"));
			subscriber.cancel();
			exchange.closedByClient().get(LoadScene.WATCHDOG.toSeconds(), TimeUnit.SECONDS);
		}
	}

	@Test
	void nothingIsLostWhenTheConsumerPausesAndGoesOn() throws Exception {
		List<BodyStep> steps = new ArrayList<>();
		for (int i = 0; i < BLOCKS; i++) {
			steps.add(new BodyStep.Write(event(i + " ")));
			// A mebibyte of events without text: more than sockets hold, all in all.
			steps.add(new BodyStep.Repeat(event(""), 1024));
		}
		ScriptedResponse answer = ScriptedResponse.sse()
			.withBody(steps)
			.thenWrite(
					"data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
		try (ScriptedServer server = ScriptedServer.start((request) -> answer); LoadScene scene = scene(server)) {
			OneByOne subscriber = new OneByOne();
			scene.open().stream("Hi").subscribe(subscriber);
			StringBuilder expected = new StringBuilder();
			for (int i = 0; i < BLOCKS; i++) {
				assertThat(subscriber.next()).isEqualTo(new ContentDelta(i + " "));
				expected.append(i).append(' ');
				if (i == 3) {
					assertThat(awaitBlocked(server.exchanges().get(0))).isLessThan(BLOCKS * MIB);
				}
			}
			assertThat(subscriber.next()).isInstanceOfSatisfying(StreamComplete.class,
					(complete) -> assertThat(complete.message().text()).isEqualTo(expected.toString()));
		}
	}

	private static LoadScene scene(ScriptedServer server) {
		return new LoadScene(server.baseUrl(), (config) -> config);
	}

	/** A text in a kibibyte. */
	private static byte[] event(String text) {
		String start = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}],\"padding\":\"";
		return (start + "x".repeat(1024 - start.length() - 4) + "\"}\n\n").getBytes(StandardCharsets.US_ASCII);
	}

	/** Wait until the server gets rid of nothing more. */
	private static long awaitBlocked(Exchange exchange) throws InterruptedException {
		long before = -1;
		while (exchange.bytesWritten() != before) {
			before = exchange.bytesWritten();
			Thread.sleep(250);
		}
		return before;
	}

}
