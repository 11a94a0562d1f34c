package io.nexus3.provider.actuate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.nexus3.provider.actuate.RecentCalls.Call;
import io.nexus3.provider.config.CredentialSource;
import io.nexus3.provider.config.InvalidConfigurationException;
import io.nexus3.provider.config.ModelConfig;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.type.EffectiveProvider;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Actuator endpoint {@code nexus3}: the providers and models with the settings that are
 * in force, where each comes from, and how the last calls ended; and a way to let a
 * provider begin anew with the configuration as it is now. Keys never show.
 *
 * @since 0.1.0
 */
@Endpoint(id = "nexus3")
public final class Nexus3Endpoint {

	private final ProviderRegistry registry;

	private final RecentCalls recentCalls;

	private final SettingOrigins origins;

	private final ProviderRefresh refresh;

	/**
	 * The endpoint.
	 * @param registry knows providers and models
	 * @param recentCalls knows how calls ended
	 * @param origins knows where settings come from
	 * @param refresh lets a provider begin anew
	 */
	public Nexus3Endpoint(ProviderRegistry registry, RecentCalls recentCalls, SettingOrigins origins,
			ProviderRefresh refresh) {
		this.registry = registry;
		this.recentCalls = recentCalls;
		this.origins = origins;
		this.refresh = refresh;
	}

	/**
	 * All providers and models.
	 * @return the description
	 */
	@ReadOperation
	public Description nexus3() {
		ProvidersConfig config = this.registry.config();
		Map<String, ProviderDescription> providers = new LinkedHashMap<>();
		config.providers().keySet().forEach((name) -> {
			ProviderDescription described = provider(name);
			if (described != null) {
				providers.put(name, described);
			}
		});
		Map<String, ModelDescription> models = new LinkedHashMap<>();
		config.models().forEach((alias, model) -> models.put(alias, model(model)));
		return new Description(config.defaultModel(), providers, models);
	}

	/**
	 * One provider.
	 * @param provider its configured name
	 * @return the description, or {@code null} when there is none of that name
	 */
	@ReadOperation
	public @Nullable ProviderDescription provider(@Selector String provider) {
		EffectiveProvider effective = this.registry.provider(provider);
		if (effective == null) {
			return null;
		}
		CredentialSource credential = effective.credential();
		List<CallDescription> calls = new ArrayList<>();
		this.recentCalls.of(provider).calls().forEach((call) -> calls.add(call(call)));
		return new ProviderDescription(effective.type().name(), effective.endpoint().baseUrl().toString(),
				effective.authMethod().name(), (credential != null) ? credential.description() : "none needed",
				SettingsView.of(effective, this.origins.of("nexus3.providers", provider)), calls);
	}

	/**
	 * Let a provider begin anew with its configuration as it is now: address, key, pool.
	 * Streams under way end on the old connections.
	 * @param provider its configured name
	 * @return the description afterwards
	 * @throws InvalidEndpointRequestException when there is no such provider or its
	 * configuration is invalid; nothing changes then
	 */
	@WriteOperation
	public ProviderDescription refresh(@Selector String provider) {
		boolean refreshed;
		try {
			refreshed = this.refresh.refresh(provider);
		}
		catch (InvalidConfigurationException ex) {
			throw new InvalidEndpointRequestException(String.valueOf(ex.getMessage()),
					"The configuration is invalid, and nothing was changed");
		}
		ProviderDescription description = refreshed ? provider(provider) : null;
		if (description == null) {
			throw new InvalidEndpointRequestException("There is no provider '" + provider + "'",
					"There is no such provider");
		}
		return description;
	}

	private ModelDescription model(ModelConfig model) {
		return new ModelDescription(model.provider(), model.modelId(), model.deployment(),
				model.traits().contextWindow(), this.origins.of("nexus3.models", model.alias()));
	}

	private static CallDescription call(Call call) {
		return new CallDescription(call.at().toString(), call.model(), call.outcome().name(),
				(call.error() != null) ? call.error().name() : null, call.message(), call.status(), call.attempts(),
				call.duration().toMillis());
	}

	/**
	 * Everything.
	 *
	 * @param defaultModel the default alias, or {@code null}
	 * @param providers the providers by name
	 * @param models the models by alias
	 */
	public record Description(@Nullable String defaultModel, Map<String, ProviderDescription> providers,
			Map<String, ModelDescription> models) {

	}

	/**
	 * One provider.
	 *
	 * @param type the name of its type
	 * @param baseUrl where it is
	 * @param authMethod how the key is presented
	 * @param keySource where the key comes from, in words
	 * @param settings what is in force
	 * @param recentCalls how the last calls ended, the newest first
	 */
	public record ProviderDescription(String type, String baseUrl, String authMethod, String keySource,
			Map<String, Setting> settings, List<CallDescription> recentCalls) {

	}

	/**
	 * A setting that is in force.
	 *
	 * @param value its value
	 * @param origin where it was written, or {@code default}
	 */
	public record Setting(@Nullable Object value, String origin) {

	}

	/**
	 * One model.
	 *
	 * @param provider the name of its provider
	 * @param modelId what the vendor calls it
	 * @param deployment Azure's deployment, or {@code null}
	 * @param contextWindow how many tokens fit
	 * @param origins where its settings were written
	 */
	public record ModelDescription(String provider, String modelId, @Nullable String deployment, int contextWindow,
			Map<String, String> origins) {

	}

	/**
	 * How a call ended.
	 *
	 * @param at when
	 * @param model what the vendor calls the model
	 * @param outcome how
	 * @param error the kind of error, or {@code null}
	 * @param message what the error said, or {@code null}
	 * @param status the HTTP status of the error, or {@code null}
	 * @param attempts how many attempts were made
	 * @param millis how long it took
	 */
	public record CallDescription(String at, String model, String outcome, @Nullable String error,
			@Nullable String message, @Nullable Integer status, int attempts, long millis) {

	}

}
