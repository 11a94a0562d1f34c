package io.nexus3.provider.test.guard;

import java.util.List;

import io.nexus3.provider.test.leak.LeakRecorder;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails the run when a buffer was leaked. Registered for all tests; its verdict is given
 * when the engine closes, after all of them.
 */
public final class LeakGuard implements BeforeAllCallback {

	static {
		// Before any test class is initialised, and with it Netty.
		LeakRecorder.install();
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		context.getRoot().getStore(Namespace.create(LeakGuard.class)).computeIfAbsent(Verdict.class);
	}

	/**
	 * What is said at the end of the run.
	 */
	static final class Verdict implements AutoCloseable {

		@Override
		public void close() {
			List<String> leaks = LeakRecorder.collect();
			System.out
				.println("guards: " + LeakRecorder.detectors() + " leak detectors, " + leaks.size() + " findings");
			if (!leaks.isEmpty()) {
				throw new AssertionError(String.join("\n", leaks));
			}
		}

	}

}
