package io.nexus3.provider.guard;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails the run when a guard has found something. Registered for all tests; its verdict
 * is given when the engine closes, which is the one moment after all tests at which a
 * failure still fails the build.
 */
public final class SuiteGuard implements BeforeAllCallback {

	static {
		// Before any test class is initialised.
		CanaryAppender.install();
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		context.getRoot().getStore(Namespace.create(SuiteGuard.class)).computeIfAbsent(Verdict.class);
	}

	/**
	 * What is said at the end of the run.
	 */
	static final class Verdict implements AutoCloseable {

		@Override
		public void close() {
			List<String> findings = new ArrayList<>();
			BlockingCalls.found().forEach((call) -> findings.add("BLOCKING: " + call));
			CanaryAppender.hits().forEach((hit) -> findings.add("KEY IN A LOG: " + hit));
			System.out.println(
					"guards: " + CanaryAppender.scanned() + " log events scanned, " + findings.size() + " findings");
			if (!findings.isEmpty()) {
				throw new AssertionError(String.join("\n", findings));
			}
		}

	}

}
