package io.nexus3.provider.benchmarks.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The process of one client: reads {@link Order}s, one a line, and answers each with a
 * line of {@code name=value} pairs. The first argument is the class of the client's
 * factory.
 */
public final class ClientProcess {

	/**
	 * What the line of a result begins with; other output of a library is passed over.
	 */
	public static final String RESULT = "RESULT ";

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private final BenchmarkClient.Factory factory;

	private final Map<String, BenchmarkClient> clients = new HashMap<>();

	private ClientProcess(BenchmarkClient.Factory factory) {
		this.factory = factory;
	}

	/**
	 * Work until standard input ends.
	 * @param args the factory's class
	 * @throws Exception if the factory cannot be made or standard input not be read
	 */
	public static void main(String[] args) throws Exception {
		BenchmarkClient.Factory factory = (BenchmarkClient.Factory) Class.forName(args[0])
			.getDeclaredConstructor()
			.newInstance();
		ClientProcess process = new ClientProcess(factory);
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			System.out.println(RESULT + process.run(Order.of(line)));
		}
		// Some libraries leave threads behind that are no daemons.
		System.exit(0);
	}

	private String run(Order order) throws InterruptedException {
		BenchmarkClient client = this.clients.computeIfAbsent(order.api() + order.baseUrl(),
				(ignored) -> this.factory.create(order.api(), order.baseUrl()));
		Load load = new Load(client, order);
		long heapBefore = order.heap() ? usedHeap() : 0;
		THREADS.resetPeakThreadCount();
		CpuTimes before = CpuTimes.now();
		long start = System.nanoTime();
		load.start(order.concurrency());
		long heap = order.heap() ? heapOfLiveCalls(load, order.concurrency()) - heapBefore : 0;
		boolean ended = load.await();
		long wall = System.nanoTime() - start;
		return result(load.tally(), CpuTimes.now().since(before), wall, heap, ended);
	}

	/** The heap while every call has had its first event and none has ended. */
	private static long heapOfLiveCalls(Load load, int calls) throws InterruptedException {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
		while (load.tally().firstEvents() < calls && System.nanoTime() < deadline) {
			Thread.sleep(10);
		}
		return usedHeap();
	}

	private static long usedHeap() throws InterruptedException {
		for (int i = 0; i < 3; i++) {
			System.gc();
			Thread.sleep(50);
		}
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	private static String result(Tally tally, CpuTimes used, long wall, long heap, boolean ended) {
		Throwable failure = tally.failure();
		String why = ended ? ((failure != null) ? String.valueOf(failure) : "") : "not all calls ended";
		return String.format(Locale.ROOT,
				"events=%d characters=%d failures=%d cpu=%d jit=%d gc=%d allocated=%d wall=%d threads=%d heap=%d "
						+ "delay50=%d delay99=%d first50=%d failure=%s",
				tally.events(), tally.characters(), tally.failures() + (ended ? 0 : 1), used.program(), used.jit(),
				used.gc(), used.allocated(), wall, THREADS.getPeakThreadCount(), heap, tally.delay(0.5),
				tally.delay(0.99), tally.firstDelay(), why.replaceAll("\\s+", "_"));
	}

}
