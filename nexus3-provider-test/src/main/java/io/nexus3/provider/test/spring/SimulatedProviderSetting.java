package io.nexus3.provider.test.spring;

import java.util.List;

import io.nexus3.provider.test.Dialect;

import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * What one annotation asks for, as a value by which contexts are told apart.
 *
 * @param name the name of the provider
 * @param dialect the server to simulate
 * @param apiKey the key
 */
record SimulatedProviderSetting(String name, Dialect dialect, String apiKey) {

	/**
	 * The settings of a test class, those of the classes around and above it included.
	 */
	static List<SimulatedProviderSetting> of(Class<?> testClass) {
		return TestContextAnnotationUtils
			.getMergedRepeatableAnnotations(testClass, AutoConfigureSimulatedProvider.class)
			.stream()
			.map((annotation) -> new SimulatedProviderSetting(annotation.name(), annotation.dialect(),
					annotation.apiKey()))
			.toList();
	}

	String providerBean() {
		return this.name + "SimulatedProvider";
	}

	String scriptBean() {
		return this.name + "ProviderScript";
	}

}
