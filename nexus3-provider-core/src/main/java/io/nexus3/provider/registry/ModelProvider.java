package io.nexus3.provider.registry;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.AsyncProvider;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.StreamComplete;
import io.nexus3.provider.StreamEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A model at a provider. Each call takes the connections that the provider has when it is
 * subscribed to, so that a refresh reaches whoever already has this.
 */
final class ModelProvider implements AsyncProvider {

	private final ResolvedModel model;

	private final LiveConnections connections;

	ModelProvider(ResolvedModel model, LiveConnections connections) {
		this.model = model;
		this.connections = connections;
	}

	@Override
	public Mono<AssistantMessage> complete(CompletionRequest request) {
		return Mono.from(call(request, false)).map((event) -> ((StreamComplete) event).message());
	}

	@Override
	public Flux<StreamEvent> stream(CompletionRequest request) {
		return call(request, true);
	}

	private CallFlux call(CompletionRequest request, boolean stream) {
		return new CallFlux(() -> this.connections.enter(this.model), request, stream);
	}

	@Override
	public String toString() {
		return "ModelProvider[" + this.model.provider() + ", " + this.model.modelId() + "]";
	}

}
