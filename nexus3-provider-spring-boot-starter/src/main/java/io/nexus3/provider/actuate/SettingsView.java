package io.nexus3.provider.actuate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.nexus3.provider.actuate.Nexus3Endpoint.Setting;
import io.nexus3.provider.config.Limits;
import io.nexus3.provider.config.PoolSettings;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.RetrySettings;
import io.nexus3.provider.config.Timeouts;
import io.nexus3.provider.type.EffectiveProvider;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a provider that are in force, by the names of their properties. Headers
 * and body are left out: they may hold secrets.
 */
final class SettingsView {

	private static final String DEFAULT = "default";

	private final Map<String, Setting> settings = new LinkedHashMap<>();

	private final Map<String, String> origins;

	private SettingsView(Map<String, String> origins) {
		this.origins = origins;
	}

	static Map<String, Setting> of(EffectiveProvider provider, Map<String, String> origins) {
		SettingsView view = new SettingsView(origins);
		ProviderConfig config = provider.config();
		view.put("type", provider.type().name());
		view.put("base-url", provider.endpoint().baseUrl().toString());
		view.put("auth-method", provider.authMethod().name());
		view.put("api-version", provider.endpoint().apiVersion());
		view.put("deployment", config.endpoint().deployment());
		view.put("allow-insecure-http", config.endpoint().allowInsecureHttp());
		view.put("prompt-caching", config.calls().promptCaching());
		view.timeouts(config.calls().timeouts());
		view.retry(config.calls().retry());
		view.limits(config.calls().limits());
		view.pool(config.connections().pool());
		return view.settings;
	}

	private void timeouts(Timeouts timeouts) {
		put("timeouts.connect", timeouts.connect());
		put("timeouts.response.stream", timeouts.response().stream());
		put("timeouts.response.complete", timeouts.response().complete());
		put("timeouts.first-event", timeouts.firstEvent());
		put("timeouts.idle", timeouts.idle());
		put("timeouts.stall", timeouts.stall());
		put("timeouts.total", timeouts.total());
	}

	private void retry(RetrySettings retry) {
		put("retry.max-retries", retry.maxRetries());
		put("retry.backoff", retry.backoff());
		put("retry.max-delay", retry.maxDelay());
		put("retry.max-retry-after", retry.maxRetryAfter());
		put("retry.budget", retry.budget());
		put("retry.retry-ambiguous", retry.retryAmbiguous());
	}

	private void limits(Limits limits) {
		put("limits.error-body", limits.errorBody());
		put("limits.response-body", limits.responseBody());
		put("limits.sse-event", limits.sseEvent());
		put("limits.tool-arguments", limits.toolArguments());
		put("limits.events", limits.events());
		put("limits.response-headers", limits.responseHeaders());
	}

	private void pool(PoolSettings pool) {
		put("pool.max-connections", pool.maxConnections());
		put("pool.pending-acquire-timeout", pool.pendingAcquireTimeout());
		put("pool.max-idle-time", pool.maxIdleTime());
		put("pool.max-life-time", pool.maxLifeTime());
	}

	private void put(String name, @Nullable Object value) {
		if (value != null) {
			Object shown = (value instanceof Duration duration) ? duration.toString() : value;
			this.settings.put(name, new Setting(shown, origin(name)));
		}
	}

	/** One property may set several values, such as both response clocks. */
	private String origin(String name) {
		String origin = this.origins.get(name);
		int dot = name.lastIndexOf('.');
		return (origin != null) ? origin
				: (dot > 0) ? this.origins.getOrDefault(name.substring(0, dot), DEFAULT) : DEFAULT;
	}

}
