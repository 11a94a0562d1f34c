package io.nexus3.provider.test.spring;

import java.util.ArrayList;
import java.util.List;

import io.nexus3.provider.test.SimulatedProvider;
import io.nexus3.provider.test.script.ProviderScript;

import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/**
 * Reports what a script has left at the end of a test, and clears what the test left in
 * servers that outlive it with their context.
 */
final class SimulatedProviderTestExecutionListener extends AbstractTestExecutionListener {

	@Override
	public void afterTestMethod(TestContext testContext) {
		List<SimulatedProviderSetting> settings = SimulatedProviderSetting.of(testContext.getTestClass());
		if (settings.isEmpty() || !testContext.hasApplicationContext()) {
			return;
		}
		List<String> problems = new ArrayList<>();
		for (SimulatedProviderSetting setting : settings) {
			ApplicationContext context = testContext.getApplicationContext();
			ProviderScript script = context.getBean(setting.scriptBean(), ProviderScript.class);
			try {
				script.verify();
			}
			catch (AssertionError ex) {
				problems.add("Provider '" + setting.name() + "': " + ex.getMessage());
			}
			script.reset();
			context.getBean(setting.providerBean(), SimulatedProvider.class).server().clearExchanges();
		}
		if (!problems.isEmpty()) {
			throw new AssertionError(String.join("\n", problems));
		}
	}

}
