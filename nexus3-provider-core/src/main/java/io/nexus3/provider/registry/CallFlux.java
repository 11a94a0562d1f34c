package io.nexus3.provider.registry;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.ErrorDetails;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.registry.CallListener.Asked;
import io.nexus3.provider.registry.CallListener.CallInfo;
import io.nexus3.provider.type.EffectiveProvider;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * A call that is made anew for each subscriber.
 */
final class CallFlux extends Flux<StreamEvent> {

	private static final AtomicLong IDS = new AtomicLong();

	private final CallPlan plan;

	private final CompletionRequest request;

	private final boolean stream;

	/**
	 * A call.
	 * @param plan how calls to the model are made
	 * @param request what to send
	 * @param stream whether events are wanted, or only the last one
	 */
	CallFlux(CallPlan plan, CompletionRequest request, boolean stream) {
		this.plan = plan;
		this.request = request;
		this.stream = stream;
	}

	@Override
	public void subscribe(CoreSubscriber<? super StreamEvent> subscriber) {
		String id = "call-" + IDS.incrementAndGet();
		Context context = subscriber.currentContext();
		CallTraces trace = this.plan.shared().listeners().start(() -> info(id), context);
		CallAttempts attempts;
		try {
			attempts = new CallAttempts(this.plan, id, this.request, this.stream, context);
		}
		catch (ProviderException ex) {
			ProviderException error = withCall(ex);
			trace.ended(new CallTrace.CallEnd(CallTrace.Outcome.FAILED, 0, null, error));
			Operators.error(subscriber, error);
			return;
		}
		CallSubscription call = new CallSubscription(subscriber, this.plan, attempts, trace, this.stream);
		subscriber.onSubscribe(call);
		call.start();
	}

	private CallInfo info(String id) {
		EffectiveProvider provider = this.plan.provider();
		return new CallInfo(id, provider.name(), provider.type().name(), this.plan.model(), this.stream,
				new Asked(this.request, this.plan.speech().target().options(), provider.endpoint().baseUrl()));
	}

	private ProviderException withCall(ProviderException error) {
		return error.withDetails(error.details()
			.withCall(new ErrorDetails.Call(this.plan.provider().name(), this.plan.model().modelId(), List.of(),
					Duration.ZERO, false)));
	}

}
