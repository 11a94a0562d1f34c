package io.nexus3.provider.benchmarks.run;

import java.util.Map;

/**
 * One client's figures of one round.
 *
 * @param scenario the scenario's id
 * @param peer the client's id
 * @param number from 1
 * @param values the figures by name; a figure that was not taken is absent
 * @param failure why calls failed, empty when none did
 */
record Round(String scenario, String peer, int number, Map<String, Double> values, String failure) {

	/** Microseconds of CPU per event or call, without compilers and collector. */
	static final String CPU = "cpuMicros";

	/** Microseconds of CPU of the collector per event or call. */
	static final String GC = "gcMicros";

	/** Bytes allocated per event or call. */
	static final String BYTES = "bytes";

	/** The compilers' share of all CPU. */
	static final String JIT_SHARE = "jitShare";

	/** CPU seconds of the whole round. */
	static final String CPU_SECONDS = "cpuSeconds";

	/** The most threads at a time. */
	static final String THREADS = "threads";

	/** The median delay of an event, in milliseconds. */
	static final String DELAY = "delayMillis";

	/** The 99th percentile of it. */
	static final String DELAY_99 = "delay99Millis";

	/** The median delay of the first event of a stream, in milliseconds. */
	static final String FIRST_DELAY = "firstDelayMillis";

	/** KB of heap per live stream. */
	static final String HEAP = "heapKilobytes";

	/** How many calls failed. */
	static final String FAILURES = "failures";

	/** Seconds that it took. */
	static final String WALL = "wallSeconds";

}
