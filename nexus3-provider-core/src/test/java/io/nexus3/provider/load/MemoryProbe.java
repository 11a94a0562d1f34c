package io.nexus3.provider.load;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Predicate;
import java.util.stream.LongStream;

import com.sun.management.ThreadMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.util.internal.PlatformDependent;

/**
 * What this virtual machine uses, in bytes, by figures that do not depend on when the
 * collector ran.
 */
final class MemoryProbe {

	static final long MIB = 1024 * 1024;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private MemoryProbe() {
	}

	/** What is alive on the heap. */
	static long liveHeap() {
		long least = Long.MAX_VALUE;
		for (int i = 0; i < 2; i++) {
			System.gc();
			least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
		}
		return least;
	}

	/** Memory outside the heap that buffers hold. */
	static long direct() {
		long java = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
			.stream()
			.filter((pool) -> pool.getName().equals("direct"))
			.mapToLong(BufferPoolMXBean::getMemoryUsed)
			.sum();
		// Netty takes most of it past the JDK, and counts that itself.
		return java + Math.max(0, PlatformDependent.usedDirectMemory());
	}

	/**
	 * What the client's event loops and timers have allocated since they began: more than
	 * they ever held at once, and blind to what the server in the same machine does.
	 */
	static long allocatedByClient() {
		Predicate<String> client = (name) -> name.startsWith("reactor-http") || name.startsWith("parallel");
		long[] ids = Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> client.test(thread.getName()))
			.mapToLong(Thread::getId)
			.toArray();
		return LongStream.of(THREADS.getThreadAllocatedBytes(ids)).filter((bytes) -> bytes > 0).sum();
	}

	/** How many files and sockets are open. */
	static long openFiles() {
		return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
	}

}
