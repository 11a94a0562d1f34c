package io.nexus3.provider.benchmarks.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

/**
 * What this process has used so far. Compiler and collector threads are told apart where
 * the system shows its threads (Linux), else they count as the program's.
 *
 * @param process nanoseconds of CPU of all threads, in steps of 10 ms on some systems
 * @param scheduled nanoseconds of CPU of all live threads, exact, where the system tells
 * @param jit of them, of the compilers
 * @param gc of them, of the garbage collector
 * @param allocated bytes allocated by all threads
 */
public record CpuTimes(long process, long scheduled, long jit, long gc, long allocated) {

	private static final long STEP = 30_000_000;

	private static final Path THREADS = Path.of("/proc/self/task");

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private static final ThreadMXBean ALL_THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	/**
	 * What was used until now.
	 * @return the times
	 */
	public static CpuTimes now() {
		long scheduled = 0;
		long jit = 0;
		long gc = 0;
		if (Files.isDirectory(THREADS)) {
			try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
				for (Path thread : threads) {
					String name = read(thread.resolve("comm"));
					long nanos = nanos(thread);
					scheduled += nanos;
					if (name.contains("CompilerThre")) {
						jit += nanos;
					}
					else if (name.startsWith("GC Thread") || name.startsWith("G1 ")) {
						gc += nanos;
					}
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return new CpuTimes(SYSTEM.getProcessCpuTime(), scheduled, jit, gc, allocatedBytes());
	}

	/** A thread that has ended meanwhile has no times any more. */
	private static String read(Path file) {
		try {
			return Files.readString(file).strip();
		}
		catch (IOException ex) {
			return "";
		}
	}

	private static long nanos(Path thread) {
		String schedule = read(thread.resolve("schedstat"));
		return schedule.isEmpty() ? 0 : Long.parseLong(schedule.substring(0, schedule.indexOf(' ')));
	}

	/** Since JDK 21 threads that have ended count, too. */
	private static long allocatedBytes() {
		try {
			Method total = ThreadMXBean.class.getMethod("getTotalThreadAllocatedBytes");
			return (long) total.invoke(ALL_THREADS);
		}
		catch (NoSuchMethodException ex) {
			long sum = 0;
			for (long bytes : ALL_THREADS.getThreadAllocatedBytes(ALL_THREADS.getAllThreadIds())) {
				sum += Math.max(bytes, 0);
			}
			return sum;
		}
		catch (IllegalAccessException | InvocationTargetException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What was used since.
	 * @param before the times then
	 * @return the difference
	 */
	public CpuTimes since(CpuTimes before) {
		long process = this.process - before.process;
		long scheduled = this.scheduled - before.scheduled;
		// They differ by more than the step where threads have ended meanwhile.
		return new CpuTimes((Math.abs(process - scheduled) <= STEP) ? scheduled : process, scheduled,
				this.jit - before.jit, this.gc - before.gc, this.allocated - before.allocated);
	}

	/**
	 * The program's own share: neither compilers nor collector.
	 * @return nanoseconds
	 */
	public long program() {
		return this.process - this.jit - this.gc;
	}

}
