package io.nexus3.provider.registry;

import java.lang.management.ManagementFactory;
import java.util.List;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;

class CallTracesTests {

	private static final int EVENTS = 100_000;

	@Test
	void withoutListenersNothingIsMadeForThem() {
		CallTraces traces = new CallTraces.Factory(List.of()).start(() -> {
			throw new AssertionError("made for nobody");
		}, Context.empty());
		assertThat(traces.listening()).isFalse();
		assertThat(allocatedByEvents(traces)).isLessThan(EVENTS);
	}

	@Test
	void aListenerThatCountsAllocatesNothingPerEvent() {
		long[] count = new long[1];
		CallTraces traces = new CallTraces.Factory(List.of((call, context) -> new CallTrace() {
			@Override
			public void event() {
				count[0]++;
			}
		})).start(() -> null, Context.empty());
		assertThat(allocatedByEvents(traces)).isLessThan(EVENTS);
		assertThat(count[0]).isEqualTo(2 * EVENTS);
	}

	/** Bytes that telling of many events allocates, once it has been done before. */
	private static long allocatedByEvents(CallTraces traces) {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		tell(traces);
		long before = threads.getCurrentThreadAllocatedBytes();
		tell(traces);
		return threads.getCurrentThreadAllocatedBytes() - before;
	}

	private static void tell(CallTraces traces) {
		for (int i = 0; i < EVENTS; i++) {
			traces.event();
		}
	}

}
