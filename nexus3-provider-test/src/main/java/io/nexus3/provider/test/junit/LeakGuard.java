package io.nexus3.provider.test.junit;

import java.util.List;

import io.nexus3.provider.test.leak.LeakRecorder;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;

/**
 * Fails a run of tests in which a buffer of Netty's was leaked, and names the test during
 * which it was made. The verdict is given when the engine closes, after all tests: that
 * fails the build and no test of its own. Register it for all tests, in a file
 * {@code META-INF/services/org.junit.jupiter.api.extension.Extension} with
 * {@code junit.jupiter.extensions.autodetection.enabled=true}, so that it comes before
 * Netty; and set {@code io.netty.leakDetection.level} to {@code paranoid}.
 *
 * @see LeakRecorder
 * @since 0.1.0
 */
public final class LeakGuard implements BeforeAllCallback, BeforeEachCallback, InvocationInterceptor {

	static {
		// Before any test class is initialised, and with it Netty.
		LeakRecorder.install();
	}

	/** For the service loader. */
	public LeakGuard() {
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		context.getRoot().getStore(Namespace.create(LeakGuard.class)).computeIfAbsent(Verdict.class);
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		LeakRecorder.during(context.getRequiredTestClass().getSimpleName() + " " + context.getDisplayName());
	}

	/** A factory's tests, which {@link #beforeEach} does not hear of. */
	// JDKs differ in what they tell of annotations inside JUnit's type, so that no single
	// way to write it passes the nullness check on all of them.
	@Override
	@SuppressWarnings("NullAway")
	public void interceptDynamicTest(Invocation<Void> test, DynamicTestInvocationContext invocation,
			ExtensionContext context) throws Throwable {
		LeakRecorder.during(context.getDisplayName());
		test.proceed();
	}

	/**
	 * What is said at the end of the run.
	 */
	static final class Verdict implements AutoCloseable {

		@Override
		public void close() {
			List<String> leaks = LeakRecorder.collect();
			System.out.println("leaks: " + LeakRecorder.detectors() + " detectors, " + leaks.size() + " findings");
			if (!leaks.isEmpty()) {
				throw new AssertionError("LEAK: " + String.join("\nLEAK: ", leaks));
			}
		}

	}

}
