package io.nexus3.provider.observation;

import java.time.Duration;
import java.util.Map;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import org.jspecify.annotations.Nullable;

/**
 * Gives the histograms the buckets that OpenTelemetry's conventions name, unless others
 * are configured. Register it before the first call.
 *
 * @since 0.1.0
 */
public final class ProviderBuckets implements MeterFilter {

	private static final double[] TOKENS = powers(1, 4, 14);

	private static final double[] DURATIONS = powers(nanos(10), 2, 14);

	private static final double[] GAPS = { nanos(10), nanos(25), nanos(50), nanos(75), nanos(100), nanos(150),
			nanos(200), nanos(300), nanos(400), nanos(500), nanos(750), nanos(1000), nanos(2500) };

	private static final Map<String, double[]> BUCKETS = Map.of(ProviderObservation.CALL_NAME, DURATIONS,
			ProviderObservation.ATTEMPT_NAME, DURATIONS, ProviderMeter.TOKEN_USAGE.getName(), TOKENS,
			ProviderMeter.TIME_TO_FIRST_CHUNK.getName(), DURATIONS, ProviderMeter.TIME_PER_OUTPUT_CHUNK.getName(),
			GAPS);

	@Override
	public @Nullable DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
		double[] buckets = BUCKETS.get(id.getName());
		if (buckets == null || config.getServiceLevelObjectiveBoundaries() != null) {
			return config;
		}
		return DistributionStatisticConfig.builder().serviceLevelObjectives(buckets).build().merge(config);
	}

	private static double nanos(long millis) {
		return Duration.ofMillis(millis).toNanos();
	}

	private static double[] powers(double first, double factor, int count) {
		double[] values = new double[count];
		double value = first;
		for (int i = 0; i < count; i++) {
			values[i] = value;
			value *= factor;
		}
		return values;
	}

}
