package io.nexus3.provider.registry;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.ErrorDetails;
import io.nexus3.provider.ErrorKind;
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

	private final Supplier<CallPlan> plans;

	private final CompletionRequest request;

	private final boolean stream;

	/**
	 * A call.
	 * @param plans enters a call: gives how calls to the model are made at the moment of
	 * subscription, on connections that stay until the call leaves them
	 * @param request what to send
	 * @param stream whether events are wanted, or only the last one
	 */
	CallFlux(Supplier<CallPlan> plans, CompletionRequest request, boolean stream) {
		this.plans = plans;
		this.request = request;
		this.stream = stream;
	}

	@Override
	public void subscribe(CoreSubscriber<? super StreamEvent> subscriber) {
		CallPlan plan;
		try {
			plan = this.plans.get();
		}
		catch (RuntimeException ex) {
			Operators.error(subscriber, notPossible(ex));
			return;
		}
		String id = "call-" + IDS.incrementAndGet();
		Context context = subscriber.currentContext();
		CallTraces trace = plan.shared().listeners().start(() -> info(plan, id), context);
		CallAttempts attempts;
		try {
			attempts = new CallAttempts(plan, id, this.request, this.stream, context);
		}
		catch (ProviderException ex) {
			plan.shared().use().leave();
			ProviderException error = withCall(plan, ex);
			trace.ended(new CallTrace.CallEnd(CallTrace.Outcome.FAILED, 0, null, error));
			Operators.error(subscriber, error);
			return;
		}
		CallSubscription call = new CallSubscription(subscriber, plan, attempts, trace, this.stream);
		subscriber.onSubscribe(call);
		call.start();
	}

	/** A refresh may have brought a provider that cannot serve the model. */
	private static ProviderException notPossible(RuntimeException ex) {
		return (ex instanceof ProviderException typed) ? typed : ProviderException.of(ErrorKind.CONFIGURATION,
				"The call cannot be made: " + ex.getMessage(), ErrorDetails.none(), ex);
	}

	private CallInfo info(CallPlan plan, String id) {
		EffectiveProvider provider = plan.provider();
		return new CallInfo(id, provider.name(), provider.type().name(), plan.model(), this.stream,
				new Asked(this.request, plan.speech().target().options(), provider.endpoint().baseUrl()));
	}

	private static ProviderException withCall(CallPlan plan, ProviderException error) {
		return error.withDetails(error.details()
			.withCall(new ErrorDetails.Call(plan.provider().name(), plan.model().modelId(), List.of(), Duration.ZERO,
					false)));
	}

}
