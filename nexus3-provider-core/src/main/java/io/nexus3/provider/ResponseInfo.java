package io.nexus3.provider;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Who answered, and what else the vendor said about the answer.
 *
 * @param provider the configured name of the provider that was asked
 * @param model the model that answered, as the vendor names it; it may differ from the
 * one asked for; {@code null} when the vendor did not say
 * @param id the vendor's id of the answer, or {@code null}
 * @param upstreamProvider who really ran the model where the provider is a router (such
 * as OpenRouter's {@code provider} field), or {@code null}
 * @param vendorFields every other field of the answer by the vendor's name, as JSON text;
 * unmodifiable; fields of the choice are prefixed with {@code choice.}
 * @since 0.1.0
 */
public record ResponseInfo(String provider, @Nullable String model, @Nullable String id,
		@Nullable String upstreamProvider, Map<String, String> vendorFields) {

	/**
	 * Copy.
	 */
	public ResponseInfo {
		vendorFields = Collections.unmodifiableMap(new LinkedHashMap<>(vendorFields));
	}

}
