package io.nexus3.provider.observation;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.nexus3.provider.observation.ProviderObservation.AttemptDetail;
import io.nexus3.provider.observation.ProviderObservation.AttemptLabel;
import io.nexus3.provider.registry.CallTrace.AttemptEnd;

/**
 * Names attempts as {@link ProviderObservation#ATTEMPT} documents it.
 *
 * @since 0.1.0
 */
public class DefaultAttemptObservationConvention implements AttemptObservationConvention {

	@Override
	public String getName() {
		return ProviderObservation.ATTEMPT_NAME;
	}

	@Override
	public String getContextualName(AttemptObservationContext context) {
		return "attempt " + context.getNumber();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(AttemptObservationContext context) {
		AttemptEnd end = context.getEnd();
		String status = (end != null && end.status() != null) ? end.status().toString() : KeyValue.NONE_VALUE;
		return KeyValues.of(AttemptLabel.PROVIDER.withValue(context.getCall().getCall().provider()),
				AttemptLabel.REQUEST_MODEL.withValue(context.getCall().getRequestModelLabel()),
				AttemptLabel.STATUS.withValue(status),
				AttemptLabel.ERROR_TYPE.withValue(Labels.errorType((end != null) ? end.error() : null)),
				AttemptLabel.OUTCOME.withValue(Labels.outcome((end != null) ? end.outcome() : null)));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(AttemptObservationContext context) {
		Details details = new Details().add(AttemptDetail.NUMBER, context.getNumber());
		AttemptObservationContext.Retry retry = context.getRetry();
		if (retry != null) {
			details.add(AttemptDetail.RETRY_REASON, Labels.errorType(retry.reason()))
				.add(AttemptDetail.RETRY_DELAY, retry.delay().toMillis());
		}
		AttemptEnd end = context.getEnd();
		return details.add(AttemptDetail.REQUEST_ID, (end != null) ? end.requestId() : null).keyValues();
	}

}
