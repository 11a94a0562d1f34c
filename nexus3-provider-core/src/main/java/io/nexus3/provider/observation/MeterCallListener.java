package io.nexus3.provider.observation;

import io.micrometer.core.instrument.MeterRegistry;
import io.nexus3.provider.registry.CallListener;
import io.nexus3.provider.registry.CallTrace;
import reactor.util.context.ContextView;

/**
 * Keeps the meters of {@link ProviderMeter} that belong to calls. The time of calls and
 * attempts is measured by the observations of {@link ObservationCallListener}. For
 * OpenTelemetry's buckets, give the registry a {@link ProviderBuckets}.
 *
 * @since 0.1.0
 */
public final class MeterCallListener implements CallListener {

	private final MeterRegistry registry;

	private final ModelLabels labels;

	/**
	 * A listener.
	 * @param registry where meters are kept; its clock measures
	 * @param labels names models
	 */
	public MeterCallListener(MeterRegistry registry, ModelLabels labels) {
		this.registry = registry;
		this.labels = labels;
	}

	@Override
	public CallTrace callStarted(CallInfo call, ContextView context) {
		return new MeteredCall(call, this.registry, this.labels);
	}

}
