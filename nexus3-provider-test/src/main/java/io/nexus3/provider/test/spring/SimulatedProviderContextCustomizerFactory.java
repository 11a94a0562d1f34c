package io.nexus3.provider.test.spring;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;

/**
 * Finds {@link AutoConfigureSimulatedProvider} at test classes.
 */
final class SimulatedProviderContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		List<SimulatedProviderSetting> settings = SimulatedProviderSetting.of(testClass);
		return settings.isEmpty() ? null : new SimulatedProviderContextCustomizer(settings);
	}

}
