package io.nexus3.provider.test.leak;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.netty.util.ResourceLeakTracker;

/**
 * Netty's leak detectors, which keep what they find besides logging it: for suites that
 * must fail on buffers that nobody released. Set the system property
 * {@code io.netty.leakDetection.level} to {@code paranoid} to have every buffer watched.
 *
 * @see <a href="https://netty.io/wiki/reference-counted-objects.html">Netty, reference
 * counted objects</a>
 * @since 0.1.0
 */
public final class LeakRecorder extends ResourceLeakDetectorFactory {

	/** How often garbage is collected at the end; what is found late needs a second. */
	private static final int COLLECTIONS = 3;

	private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

	private static final Queue<ResourceLeakDetector<?>> DETECTORS = new ConcurrentLinkedQueue<>();

	private static volatile String during = "";

	/**
	 * Watch the buffers that are made from now on. To be called before Netty is used.
	 */
	public static void install() {
		ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new LeakRecorder());
	}

	/**
	 * Say what goes on from now on, to be told of each buffer that is made meanwhile.
	 * @param what what goes on, such as the name of a test
	 */
	public static void during(String what) {
		during = what;
	}

	/**
	 * How many kinds of resources are watched.
	 * @return a number that is 0 where Netty was not used, or was used before
	 */
	public static int detectors() {
		return DETECTORS.size();
	}

	/**
	 * Collect garbage, which is what shows leaks, and say what was found since the start.
	 * @return one description for each leak, empty where there was none
	 */
	public static List<String> collect() {
		for (int i = 0; i < COLLECTIONS; i++) {
			collectGarbage();
			DETECTORS.forEach(LeakRecorder::look);
		}
		return List.copyOf(LEAKS);
	}

	/** Returns when the collector has found a fresh piece of garbage. */
	private static void collectGarbage() {
		ReferenceQueue<Object> queue = new ReferenceQueue<>();
		WeakReference<Object> garbage = new WeakReference<>(new Object(), queue);
		try {
			for (int i = 0; i < 50 && queue.remove(100) == null; i++) {
				System.gc();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (garbage.get() != null) {
			LEAKS.add("unknown: the garbage was not collected, so leaks cannot be found");
		}
	}

	/** A detector looks at what was collected when it is given something new to watch. */
	private static <T> void look(ResourceLeakDetector<T> detector) {
		@SuppressWarnings("unchecked")
		T watched = (T) new Object();
		ResourceLeakTracker<T> tracker = detector.track(watched);
		if (tracker != null) {
			tracker.close(watched);
		}
	}

	@Override
	@Deprecated
	public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int interval, long maxActive) {
		return newResourceLeakDetector(resource, interval);
	}

	@Override
	public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int interval) {
		ResourceLeakDetector<T> detector = new Recording<>(resource, interval);
		DETECTORS.add(detector);
		return detector;
	}

	private static final class Recording<T> extends ResourceLeakDetector<T> {

		Recording(Class<T> resource, int interval) {
			super(resource, interval);
		}

		@Override
		protected Object getInitialHint(String resource) {
			return "on " + Thread.currentThread().getName() + " during " + during;
		}

		@Override
		protected boolean needReport() {
			return true;
		}

		@Override
		protected void reportTracedLeak(String resource, String records) {
			LEAKS.add(resource + records);
		}

		@Override
		protected void reportUntracedLeak(String resource) {
			LEAKS.add(resource);
		}

	}

}
