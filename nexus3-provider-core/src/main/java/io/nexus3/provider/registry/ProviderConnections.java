package io.nexus3.provider.registry;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.nexus3.provider.config.AddressPolicy;
import io.nexus3.provider.config.CredentialSource;
import io.nexus3.provider.config.ModelConfig;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.protocol.Target;
import io.nexus3.provider.registry.CallPlan.Shared;
import io.nexus3.provider.registry.CallPlan.Speech;
import io.nexus3.provider.transport.HttpTransport;
import io.nexus3.provider.transport.HttpTransports;
import io.nexus3.provider.transport.TransportSettings;
import io.nexus3.provider.type.EffectiveProvider;
import io.nexus3.provider.type.ProviderType.ModelName;
import io.nexus3.provider.type.ProviderType.Probe;
import io.nexus3.provider.type.ProviderType.Probing;
import io.nexus3.provider.type.ProviderType.Route;
import reactor.core.publisher.Mono;

/**
 * One provider at work: its connections and its retry budget, shared by its models.
 */
final class ProviderConnections {

	private final EffectiveProvider provider;

	private final HttpTransport transport;

	private final Shared shared;

	private final ConnectionUse use = new ConnectionUse();

	private final Map<ResolvedModel, CallPlan> plans = new ConcurrentHashMap<>();

	ProviderConnections(EffectiveProvider provider, HttpTransports transports, CallTraces.Factory listeners,
			RawLogs rawLogs, ActiveCalls activeCalls, CallClock clock) {
		this.provider = provider;
		ProviderConfig config = provider.config();
		this.transport = transports.create(new TransportSettings(provider.name(), provider.endpoint().baseUrl(),
				AddressPolicy.of(config.endpoint()), provider.authMethod(), config.connections(),
				new TransportSettings.Reading(config.calls().timeouts().connect(), config.calls().limits())));
		RetryPolicy retry = new RetryPolicy(config.calls().retry(), new RetryBudget(config.calls().retry().budget()),
				clock);
		this.shared = new Shared(retry, clock, listeners, rawLogs, activeCalls, new EndMarkerWarning(provider.name()),
				this.use);
	}

	ConnectionUse use() {
		return this.use;
	}

	CallPlan plan(ResolvedModel model) {
		return this.plans.computeIfAbsent(model, this::makePlan);
	}

	private CallPlan makePlan(ResolvedModel resolved) {
		ModelConfig model = resolved.config();
		ProviderConfig config = this.provider.config();
		String deployment = (model.deployment() != null) ? model.deployment() : config.endpoint().deployment();
		Route route = this.provider.type()
			.routing()
			.route(this.provider.endpoint(), new ModelName(resolved.modelId(), deployment));
		Target target = new Target(this.provider.name(), route.model(),
				model.calls().options().over(config.calls().options()), config.calls().promptCaching(),
				config.calls().limits(), resolved.modelId(), config.calls().acceptTruncatedStreams());
		return new CallPlan(resolved, this.provider,
				new Speech(this.provider.type().protocol().protocol(this.provider.endpoint()), target, route),
				this.transport, config.calls().timeouts(), this.shared);
	}

	/**
	 * The status of a free request, or empty where there is none or the key is missing.
	 */
	Mono<Integer> probe() {
		Probing probing = this.provider.type().probing();
		if (probing == null) {
			return Mono.empty();
		}
		Probe probe = probing.probe(this.provider.endpoint());
		Map<String, String> headers = new HashMap<>(probe.headers());
		headers.putAll(this.provider.config().calls().options().extraHeaders());
		CredentialSource credential = this.provider.credential();
		return (credential == null) ? this.transport.probe(probe.pathAndQuery(), headers, null)
				: credential.get().flatMap((key) -> this.transport.probe(probe.pathAndQuery(), headers, key));
	}

	void close() {
		this.transport.close();
	}

	Mono<Void> closeAsync() {
		return this.transport.closeAsync();
	}

}
