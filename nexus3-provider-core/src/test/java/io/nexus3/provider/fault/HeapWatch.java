package io.nexus3.provider.fault;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How much the live heap has grown since this watch was made.
 */
final class HeapWatch {

	static final int MIB = 1024 * 1024;

	private static final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();

	private final long before = live();

	private static long live() {
		System.gc();
		return memory.getHeapMemoryUsage().getUsed();
	}

	void assertGrowthBelow(long bytes) {
		// What another test leaves behind may go with the next collection only.
		long grown = Long.MAX_VALUE;
		for (int i = 0; i < 3 && grown >= bytes; i++) {
			grown = live() - this.before;
		}
		assertThat(grown).as("growth of the live heap in bytes").isLessThan(bytes);
	}

}
