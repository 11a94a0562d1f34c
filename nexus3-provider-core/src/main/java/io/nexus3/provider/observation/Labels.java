package io.nexus3.provider.observation;

import java.util.Arrays;
import java.util.Locale;

import io.micrometer.common.KeyValue;
import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.config.BaseUrl;
import io.nexus3.provider.registry.CallListener.CallInfo;
import io.nexus3.provider.registry.CallTrace.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Values of labels, the same in observations and meters.
 */
final class Labels {

	private static final String[] OUTCOMES = Arrays.stream(Outcome.values())
		.map((outcome) -> outcome.name().toLowerCase(Locale.ROOT))
		.toArray(String[]::new);

	private Labels() {
	}

	/** The kind of an error in lower case, such as {@code rate_limit}, or none. */
	static String errorType(@Nullable ProviderException error) {
		return (error != null) ? error.kind().name().toLowerCase(Locale.ROOT) : KeyValue.NONE_VALUE;
	}

	static String outcome(@Nullable Outcome outcome) {
		return (outcome != null) ? OUTCOMES[outcome.ordinal()] : KeyValue.NONE_VALUE;
	}

	static String port(CallInfo call) {
		BaseUrl server = call.asked().server();
		int usual = server.scheme().equals("https") ? 443 : 80;
		return Integer.toString((server.port() != -1) ? server.port() : usual);
	}

	/** The model that answered, as the vendor names it. */
	static @Nullable String answeringModel(@Nullable AssistantMessage message) {
		return (message != null && message.response() != null) ? message.response().model() : null;
	}

}
