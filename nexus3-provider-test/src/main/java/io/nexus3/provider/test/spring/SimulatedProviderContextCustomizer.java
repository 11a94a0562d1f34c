package io.nexus3.provider.test.spring;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.nexus3.provider.test.SimulatedProvider;
import io.nexus3.provider.test.script.ProviderScript;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Starts the servers of a context, points the application to them and stops them with the
 * context, after all that may still call them.
 *
 * @param settings the servers; equal ones share a cached context
 */
record SimulatedProviderContextCustomizer(List<SimulatedProviderSetting> settings) implements ContextCustomizer {

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		Map<String, Object> properties = new HashMap<>();
		for (SimulatedProviderSetting setting : this.settings) {
			SimulatedProvider provider = SimulatedProvider.builder()
				.dialect(setting.dialect())
				.requireApiKey(setting.apiKey())
				.start();
			register((DefaultListableBeanFactory) context.getBeanFactory(), setting, provider);
			String prefix = "nexus3.providers." + setting.name() + ".";
			properties.put(prefix + "base-url", provider.baseUrl());
			properties.put(prefix + "type", setting.dialect().name().toLowerCase(Locale.ROOT));
			properties.put(prefix + "api-key", setting.apiKey());
		}
		context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("nexus3SimulatedProviders", properties));
	}

	private static void register(DefaultListableBeanFactory beans, SimulatedProviderSetting setting,
			SimulatedProvider provider) {
		beans.registerSingleton(setting.providerBean(), provider);
		beans.registerSingleton(setting.scriptBean(), ProviderScript.on(provider));
		// What was registered first is destroyed last.
		beans.registerDisposableBean(setting.providerBean(), provider::close);
	}

}
