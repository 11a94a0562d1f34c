package io.nexus3.provider.observation;

import java.util.Map;

/**
 * OpenTelemetry's names of providers, by our types. A type that is not here goes by its
 * own name, as the conventions allow.
 *
 * @see <a href=
 * "https://opentelemetry.io/docs/specs/semconv/registry/attributes/gen-ai/">gen_ai.provider.name</a>
 */
final class ProviderNames {

	private static final Map<String, String> WELL_KNOWN = Map.of("openai", "openai", "anthropic", "anthropic", "azure",
			"azure.ai.openai");

	private ProviderNames() {
	}

	static String of(String type) {
		return WELL_KNOWN.getOrDefault(type, type);
	}

}
