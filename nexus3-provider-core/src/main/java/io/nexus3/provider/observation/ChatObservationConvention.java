package io.nexus3.provider.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names the observation of a call and what is recorded with it. A bean of this type takes
 * the place of {@link DefaultChatObservationConvention}.
 *
 * @since 0.1.0
 */
public interface ChatObservationConvention extends ObservationConvention<ChatObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof ChatObservationContext;
	}

}
