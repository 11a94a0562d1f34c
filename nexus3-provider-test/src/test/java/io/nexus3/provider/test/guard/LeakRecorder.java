package io.nexus3.provider.test.guard;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.netty.util.ResourceLeakTracker;

/**
 * Netty's leak detectors, which keep what they find besides logging it.
 */
final class LeakRecorder extends ResourceLeakDetectorFactory {

	/** How often garbage is collected at the end; what is found late needs a second. */
	private static final int COLLECTIONS = 3;

	private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

	private static final Queue<ResourceLeakDetector<?>> DETECTORS = new ConcurrentLinkedQueue<>();

	static void install() {
		ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new LeakRecorder());
	}

	static int detectors() {
		return DETECTORS.size();
	}

	/** Force a collection and return all that was found since the start. */
	static List<String> collect() {
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
