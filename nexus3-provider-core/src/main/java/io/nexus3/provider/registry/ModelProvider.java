package io.nexus3.provider.registry;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.AsyncProvider;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.StreamComplete;
import io.nexus3.provider.StreamEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A model at a provider: where protocol and transport meet.
 */
final class ModelProvider implements AsyncProvider {

	private final CallPlan plan;

	ModelProvider(CallPlan plan) {
		this.plan = plan;
	}

	@Override
	public Mono<AssistantMessage> complete(CompletionRequest request) {
		return Mono.from(new CallFlux(this.plan, request, false)).map((event) -> ((StreamComplete) event).message());
	}

	@Override
	public Flux<StreamEvent> stream(CompletionRequest request) {
		return new CallFlux(this.plan, request, true);
	}

	@Override
	public String toString() {
		return "ModelProvider[" + this.plan.provider().name() + ", " + this.plan.model().modelId() + "]";
	}

}
