package io.nexus3.provider.autoconfigure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of one model.
 *
 * @param provider Name of the provider. May be left out where there is exactly one.
 * @param modelId What the vendor calls the model.
 * @param deployment Azure's deployment. Unset, it is the provider's, else the model id.
 * @param contextWindow How many tokens prompt and answer may have together.
 * @param reasoning How much the model thinks before it answers.
 * @param guidance When to use the model, in a sentence for agents that choose.
 * @param options What calls set, unless the request says otherwise.
 * @param timeouts Clocks that differ from the provider's.
 * @param extraBody Further fields of the request body by the vendor's name.
 * @param extraHeaders Further request headers. They cannot replace credentials.
 * @since 0.1.0
 */
public record ModelProperties(@Nullable String provider, @Nullable String modelId, @Nullable String deployment,
		@Nullable Integer contextWindow, @Nullable Reasoning reasoning, @Nullable String guidance,
		@DefaultValue OptionsProperties options, @DefaultValue TimeoutsProperties timeouts,
		@DefaultValue Map<String, Object> extraBody, @DefaultValue Map<String, String> extraHeaders) {

	/**
	 * Copy.
	 */
	public ModelProperties {
		extraBody = Collections.unmodifiableMap(new LinkedHashMap<>(extraBody));
		extraHeaders = Collections.unmodifiableMap(new LinkedHashMap<>(extraHeaders));
	}

	/**
	 * Provider and model id alone: headers and body may hold secrets.
	 * @return provider and model id
	 */
	@Override
	public String toString() {
		return "ModelProperties[provider=" + this.provider + ", modelId=" + this.modelId + "]";
	}

	/**
	 * Properties of reasoning.
	 *
	 * @param enabled Whether the model thinks at all. On without effort or budget, it
	 * thinks with medium effort.
	 * @param effort How much the model thinks, in words.
	 * @param budget How many tokens the model may think, in place of an effort.
	 */
	public record Reasoning(@Nullable Boolean enabled, io.nexus3.provider.Reasoning.@Nullable Level effort,
			@Nullable Integer budget) {

	}

}
