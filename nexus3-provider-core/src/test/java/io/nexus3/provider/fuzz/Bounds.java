package io.nexus3.provider.fuzz;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/**
 * What one input may cost. Measured as the thread's own time and allocations, so that a
 * busy machine makes no difference.
 */
final class Bounds {

	private static final int LARGEST_JUDGED = 64 * 1024;

	private static final long MOST_NANOS = 1_000_000_000;

	private static final long MOST_BYTES = 64 * 1024 * 1024;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final long cpu = THREADS.getCurrentThreadCpuTime();

	private final long allocated = THREADS.getCurrentThreadAllocatedBytes();

	private Bounds() {
	}

	static Bounds start() {
		return new Bounds();
	}

	/** Says what was too much, or null where it was not. */
	@Nullable String exceeded(int length) {
		long nanos = THREADS.getCurrentThreadCpuTime() - this.cpu;
		long bytes = THREADS.getCurrentThreadAllocatedBytes() - this.allocated;
		boolean within = length > LARGEST_JUDGED || (nanos <= MOST_NANOS && bytes <= MOST_BYTES);
		return within ? null : length + " bytes took " + nanos / 1_000_000 + " ms and " + bytes + " bytes";
	}

}
