package io.nexus3.provider.benchmarks.run;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.nexus3.provider.benchmarks.client.BenchmarkClient.Api;
import io.nexus3.provider.benchmarks.client.Order;
import io.nexus3.provider.benchmarks.server.Body;

/**
 * What is measured: an answer, how many, how many at a time, and by whom.
 *
 * @param id the name
 * @param title what it is, for the report
 * @param body the answer
 * @param events deltas of one answer
 * @param gapMicros the time between two deltas, 0 for a burst
 * @param calls calls of one round
 * @param concurrency how many at a time
 * @param kind what matters
 * @param peers who takes part
 */
record Scenario(String id, String title, Body body, int events, long gapMicros, int calls, int concurrency, Kind kind,
		Set<Peer> peers) {

	private static final Set<Peer> ALL = EnumSet.complementOf(EnumSet.of(Peer.WEBCLIENT_OBSERVED));

	private static final Set<Peer> READERS = EnumSet
		.complementOf(EnumSet.of(Peer.WEBCLIENT_DRAIN, Peer.NETTY_DRAIN, Peer.WEBCLIENT_OBSERVED));

	private static final long MILLIS = 1000;

	/** All of them. */
	static List<Scenario> all() {
		return List.of(burst("s1-openai", "S1 one burst stream, OpenAI format", Body.OPENAI, 10_000, 20, 1, ALL),
				burst("s1-obfuscated", "S1 with `obfuscation` in every frame", Body.OBFUSCATED, 10_000, 20, 1, READERS),
				burst("s1-changing", "S1 with frames that never match", Body.CHANGING, 10_000, 20, 1, READERS),
				burst("s1-anthropic", "S1 Anthropic format", Body.ANTHROPIC, 10_000, 20, 1, ALL),
				burst("s2-64", "S2 64 burst streams", Body.OPENAI, 2_000, 128, 64, ALL),
				burst("s2-512", "S2 512 burst streams", Body.OPENAI, 500, 512, 512, ALL),
				new Scenario("s3-1000", "S3 1,000 paced streams of 200 events", Body.OPENAI, 200, 50 * MILLIS, 1000,
						1000, Kind.PACED, ALL),
				new Scenario("s3-4000", "S3 4,000 paced streams of 100 events", Body.OPENAI, 100, 100 * MILLIS, 4000,
						4000, Kind.PACED, EnumSet.complementOf(EnumSet.of(Peer.SPRING_AI, Peer.WEBCLIENT_OBSERVED))),
				new Scenario("s3-heap", "S3 heap of 1,000 live streams", Body.OPENAI, 12, 1000 * MILLIS, 1000, 1000,
						Kind.HEAP, EnumSet.of(Peer.NEXUS3, Peer.WEBCLIENT, Peer.LANGCHAIN4J)),
				new Scenario("s4", "S4 whole answers, 64 at once", Body.JSON, 1, 0, 6_400, 64, Kind.CALLS,
						EnumSet.complementOf(EnumSet.of(Peer.WEBCLIENT_DRAIN, Peer.NETTY_DRAIN))),
				new Scenario("s5", "S5 16 paced streams", Body.OPENAI, 20, 20 * MILLIS, 320, 16, Kind.PACED, READERS),
				burst("s6-500", "S6 tool arguments in 500 fragments", Body.TOOLS, 500, 100, 1, READERS),
				burst("s6-5000", "S6 tool arguments in 5,000 fragments", Body.TOOLS, 5_000, 10, 1, READERS),
				burst("s7-2000", "S7 streams of 2,000 events", Body.OPENAI, 2_000, 100, 1,
						EnumSet.of(Peer.NEXUS3, Peer.WEBCLIENT, Peer.LANGCHAIN4J)),
				burst("s7-200000", "S7 one stream of 200,000 events", Body.OPENAI, 200_000, 1, 1,
						EnumSet.of(Peer.NEXUS3, Peer.WEBCLIENT, Peer.LANGCHAIN4J)),
				new Scenario("s7-event", "S7 one event of 2 MiB", Body.BIG_EVENT, 1, 0, 4, 1, Kind.ACCEPTED, READERS),
				new Scenario("s7-answer", "S7 one answer of 1 MiB", Body.BIG_ANSWER, 1, 0, 4, 1, Kind.ACCEPTED,
						READERS));
	}

	private static Scenario burst(String id, String title, Body body, int events, int calls, int concurrency,
			Set<Peer> peers) {
		return new Scenario(id, title, body, events, 0, calls, concurrency, Kind.EVENTS, peers);
	}

	Api api() {
		return (this.body == Body.ANTHROPIC) ? Api.ANTHROPIC : Api.OPENAI;
	}

	boolean has(Peer peer) {
		return this.peers.contains(peer) && peer.speaks(api());
	}

	/** What the figures are divided by. */
	long units() {
		return (this.kind == Kind.CALLS) ? this.calls : (long) this.calls * this.events;
	}

	Order order(int port) {
		String baseUrl = "http://localhost:" + port + "/" + this.body.path() + "/" + this.events + "/" + this.gapMicros;
		return new Order(api(), baseUrl, this.body.stream(), this.calls, this.concurrency, this.gapMicros > 0,
				this.kind == Kind.HEAP);
	}

	/** Fewer calls, for a short look. */
	Scenario shorter() {
		int fewer = Math.max(this.calls / 4, this.concurrency);
		return new Scenario(this.id, this.title, this.body, this.events, this.gapMicros, fewer, this.concurrency,
				this.kind, this.peers);
	}

	/** What matters. */
	enum Kind {

		/** What an event costs. */
		EVENTS(Integer.MAX_VALUE),

		/** What a call costs. */
		CALLS(Integer.MAX_VALUE),

		/** Delays, threads and CPU while time passes. */
		PACED(3),

		/** The heap of a live stream. */
		HEAP(3),

		/** Whether it works at all. */
		ACCEPTED(1);

		private final int mostRounds;

		Kind(int mostRounds) {
			this.mostRounds = mostRounds;
		}

		int mostRounds() {
			return this.mostRounds;
		}

	}

}
