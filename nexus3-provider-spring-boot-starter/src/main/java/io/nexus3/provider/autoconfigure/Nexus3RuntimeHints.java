package io.nexus3.provider.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;

/**
 * Lets a native image bind what Boot does not find by itself: the records that stand in
 * maps, and those that several of them share.
 */
final class Nexus3RuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		BindableRuntimeHintsRegistrar
			.forTypes(ProviderProperties.class, ModelProperties.class, TimeoutsProperties.class,
					OptionsProperties.class)
			.registerHints(hints);
	}

}
