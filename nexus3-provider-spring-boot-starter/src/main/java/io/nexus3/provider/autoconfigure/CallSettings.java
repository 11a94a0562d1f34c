package io.nexus3.provider.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.nexus3.provider.CallTimeouts;
import io.nexus3.provider.Reasoning;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.config.Limits;
import io.nexus3.provider.config.PoolSettings;
import io.nexus3.provider.config.RetrySettings;
import io.nexus3.provider.config.Timeouts;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Lays properties over core's values, part by part.
 */
final class CallSettings {

	private final Problems problems;

	CallSettings(Problems problems) {
		this.problems = problems;
	}

	Timeouts timeouts(String prefix, TimeoutsProperties properties) {
		if (unset(properties.connect(), properties.response(), properties.firstEvent(), properties.idle(),
				properties.stall(), properties.total())) {
			return Timeouts.defaults();
		}
		return this.problems.over(prefix + ".timeouts", Timeouts.defaults())
			.set("connect", properties.connect(), Timeouts::withConnect)
			.set("response", properties.response(), Timeouts::withResponse)
			.set("first-event", properties.firstEvent(), Timeouts::withFirstEvent)
			.set("idle", properties.idle(), Timeouts::withIdle)
			.set("stall", properties.stall(), Timeouts::withStall)
			.set("total", properties.total(), Timeouts::withTotal)
			.value();
	}

	/** Clocks of a model, of which connecting is none: connections are the provider's. */
	CallTimeouts callTimeouts(String prefix, TimeoutsProperties properties) {
		if (properties.connect() != null) {
			this.problems.add(prefix + ".timeouts.connect", "The connect timeout belongs to the provider",
					"Write it at the provider, whose connections all its models share");
		}
		if (unset(properties.response(), properties.firstEvent(), properties.idle(), properties.stall(),
				properties.total())) {
			return CallTimeouts.unset();
		}
		return this.problems.over(prefix + ".timeouts", CallTimeouts.unset())
			.set("response", properties.response(), CallTimeouts::withResponse)
			.set("first-event", properties.firstEvent(), CallTimeouts::withFirstEvent)
			.set("idle", properties.idle(), CallTimeouts::withIdle)
			.set("stall", properties.stall(), CallTimeouts::withStall)
			.set("total", properties.total(), CallTimeouts::withTotal)
			.value();
	}

	RetrySettings retry(String prefix, ProviderProperties.Retry properties) {
		if (unset(properties.maxRetries(), properties.backoff(), properties.maxDelay(), properties.maxRetryAfter(),
				properties.budget(), properties.retryAmbiguous())) {
			return RetrySettings.defaults();
		}
		return this.problems.over(prefix + ".retry", RetrySettings.defaults())
			.set("max-retries", properties.maxRetries(), RetrySettings::withMaxRetries)
			.set("backoff", properties.backoff(),
					(retry, value) -> new RetrySettings(retry.maxRetries(), value, retry.maxDelay(),
							retry.maxRetryAfter(), retry.budget(), retry.retryAmbiguous()))
			.set("max-delay", properties.maxDelay(),
					(retry, value) -> new RetrySettings(retry.maxRetries(), retry.backoff(), value,
							retry.maxRetryAfter(), retry.budget(), retry.retryAmbiguous()))
			.set("max-retry-after", properties.maxRetryAfter(),
					(retry, value) -> new RetrySettings(retry.maxRetries(), retry.backoff(), retry.maxDelay(), value,
							retry.budget(), retry.retryAmbiguous()))
			.set("budget", properties.budget(),
					(retry, value) -> new RetrySettings(retry.maxRetries(), retry.backoff(), retry.maxDelay(),
							retry.maxRetryAfter(), value, retry.retryAmbiguous()))
			.set("retry-ambiguous", properties.retryAmbiguous(),
					(retry, value) -> new RetrySettings(retry.maxRetries(), retry.backoff(), retry.maxDelay(),
							retry.maxRetryAfter(), retry.budget(), value))
			.value();
	}

	Limits limits(String prefix, ProviderProperties.Limits properties) {
		if (unset(properties.errorBody(), properties.responseBody(), properties.sseEvent(), properties.toolArguments(),
				properties.events(), properties.responseHeaders())) {
			return Limits.defaults();
		}
		return this.problems.over(prefix + ".limits", Limits.defaults())
			.set("error-body", properties.errorBody(),
					(limits, value) -> new Limits(bytes(value), limits.responseBody(), limits.sseEvent(),
							limits.toolArguments(), limits.events(), limits.responseHeaders()))
			.set("response-body", properties.responseBody(),
					(limits, value) -> new Limits(limits.errorBody(), bytes(value), limits.sseEvent(),
							limits.toolArguments(), limits.events(), limits.responseHeaders()))
			.set("sse-event", properties.sseEvent(),
					(limits, value) -> new Limits(limits.errorBody(), limits.responseBody(), bytes(value),
							limits.toolArguments(), limits.events(), limits.responseHeaders()))
			.set("tool-arguments", properties.toolArguments(),
					(limits, value) -> new Limits(limits.errorBody(), limits.responseBody(), limits.sseEvent(),
							bytes(value), limits.events(), limits.responseHeaders()))
			.set("events", properties.events(),
					(limits, value) -> new Limits(limits.errorBody(), limits.responseBody(), limits.sseEvent(),
							limits.toolArguments(), value, limits.responseHeaders()))
			.set("response-headers", properties.responseHeaders(),
					(limits, value) -> new Limits(limits.errorBody(), limits.responseBody(), limits.sseEvent(),
							limits.toolArguments(), limits.events(), bytes(value)))
			.value();
	}

	PoolSettings pool(String prefix, ProviderProperties.Pool properties) {
		if (unset(properties.maxConnections(), properties.pendingAcquireTimeout(), properties.maxIdleTime(),
				properties.maxLifeTime())) {
			return PoolSettings.defaults();
		}
		return this.problems.over(prefix + ".pool", PoolSettings.defaults())
			.set("max-connections", properties.maxConnections(),
					(pool, value) -> new PoolSettings(value, pool.pendingAcquireTimeout(), pool.maxIdleTime(),
							pool.maxLifeTime()))
			.set("pending-acquire-timeout", properties.pendingAcquireTimeout(),
					(pool, value) -> new PoolSettings(pool.maxConnections(), value, pool.maxIdleTime(),
							pool.maxLifeTime()))
			.set("max-idle-time", properties.maxIdleTime(),
					(pool, value) -> new PoolSettings(pool.maxConnections(), pool.pendingAcquireTimeout(), value,
							pool.maxLifeTime()))
			.set("max-life-time", properties.maxLifeTime(),
					(pool, value) -> new PoolSettings(pool.maxConnections(), pool.pendingAcquireTimeout(),
							pool.maxIdleTime(), value))
			.value();
	}

	RequestOptions options(String prefix, OptionsProperties properties, Map<String, Object> extraBody,
			Map<String, String> extraHeaders) {
		RequestOptions base = RequestOptions.defaults()
			.withExtraBody(withLists(extraBody))
			.withExtraHeaders(extraHeaders);
		if (unset(properties.maxOutputTokens(), properties.temperature(), properties.topP(), properties.stop(),
				properties.seed(), properties.parallelToolCalls())) {
			return base;
		}
		return this.problems.over(prefix + ".options", base)
			.set("max-output-tokens", properties.maxOutputTokens(), RequestOptions::withMaxOutputTokens)
			.set("temperature", properties.temperature(), RequestOptions::withTemperature)
			.set("top-p", properties.topP(), RequestOptions::withTopP)
			.set("stop", properties.stop(), RequestOptions::withStop)
			.set("seed", properties.seed(), RequestOptions::withSeed)
			.set("parallel-tool-calls", properties.parallelToolCalls(), RequestOptions::withParallelToolCalls)
			.value();
	}

	@Nullable Reasoning reasoning(String prefix, ModelProperties.@Nullable Reasoning properties) {
		if (properties == null) {
			return null;
		}
		Reasoning.Level effort = properties.effort();
		Integer budget = properties.budget();
		boolean off = Boolean.FALSE.equals(properties.enabled());
		if ((effort != null && budget != null) || (off && (effort != null || budget != null))) {
			this.problems.add(prefix + ".reasoning", "enabled=false, effort and budget exclude each other",
					"Keep one of them");
			return null;
		}
		if (budget != null) {
			return this.problems.attempt(prefix + ".reasoning.budget", "Write a number of tokens, or an effort",
					() -> Reasoning.budget(budget));
		}
		if (effort != null) {
			return Reasoning.effort(effort);
		}
		if (off) {
			return Reasoning.off();
		}
		return (properties.enabled() != null) ? Reasoning.effort(Reasoning.Level.MEDIUM) : null;
	}

	/**
	 * Whether there is nothing to lay over the defaults, as most often. Each lambda that
	 * would find that out makes a class when the application starts.
	 */
	private static boolean unset(@Nullable Object... values) {
		for (Object value : values) {
			if (value != null) {
				return false;
			}
		}
		return true;
	}

	private static int bytes(DataSize size) {
		if (size.toBytes() > Integer.MAX_VALUE) {
			throw new IllegalArgumentException("the limit must be less than 2GB, not " + size);
		}
		return (int) size.toBytes();
	}

	/**
	 * Make lists again of what the binder gives as maps with the keys 0, 1, 2, as it does
	 * where any value may stand.
	 */
	private static Map<String, Object> withLists(Map<?, ?> bound) {
		Map<String, Object> result = new LinkedHashMap<>();
		bound.forEach((key, value) -> result.put(String.valueOf(key), withLists(value)));
		return result;
	}

	private static Object withLists(Object bound) {
		if (!(bound instanceof Map<?, ?> map)) {
			return bound;
		}
		List<Object> list = new ArrayList<>();
		for (int i = 0; i < map.size(); i++) {
			Object element = map.get(String.valueOf(i));
			if (element == null) {
				return withLists(map);
			}
			list.add(withLists(element));
		}
		return list.isEmpty() ? withLists(map) : list;
	}

}
