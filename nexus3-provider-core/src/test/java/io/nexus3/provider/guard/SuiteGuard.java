package io.nexus3.provider.guard;

import java.util.ArrayList;
import java.util.List;

import io.nexus3.provider.test.leak.LeakRecorder;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;

/**
 * Fails the run when a guard has found something. Registered for all tests; its verdict
 * is given when the engine closes, which is the one moment after all tests at which a
 * failure still fails the build.
 */
public final class SuiteGuard implements BeforeAllCallback, BeforeEachCallback, InvocationInterceptor {

	static {
		// Before any test class is initialised, and with it Netty.
		LeakRecorder.install();
		CanaryAppender.install();
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		context.getRoot().getStore(Namespace.create(SuiteGuard.class)).computeIfAbsent(Verdict.class);
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		LeakRecorder.during(context.getRequiredTestClass().getSimpleName() + " " + context.getDisplayName());
	}

	/** A factory's tests, which {@link #beforeEach} does not hear of. */
	@Override
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
			List<String> findings = new ArrayList<>();
			LeakRecorder.collect().forEach((leak) -> findings.add("LEAK: " + leak));
			BlockingCalls.found().forEach((call) -> findings.add("BLOCKING: " + call));
			CanaryAppender.hits().forEach((hit) -> findings.add("KEY IN A LOG: " + hit));
			System.out.println("guards: " + LeakRecorder.detectors() + " leak detectors, " + CanaryAppender.scanned()
					+ " log events scanned, " + findings.size() + " findings");
			if (!findings.isEmpty()) {
				throw new AssertionError(String.join("\n", findings));
			}
		}

	}

}
