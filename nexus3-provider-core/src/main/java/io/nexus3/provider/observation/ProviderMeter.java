package io.nexus3.provider.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Meter.Type;
import io.micrometer.core.instrument.docs.MeterDocumentation;

/**
 * The meters beside the timers of {@link ProviderObservation}. Names that begin with
 * {@code gen_ai} are OpenTelemetry's.
 *
 * @see <a href=
 * "https://github.com/open-telemetry/semantic-conventions-genai">OpenTelemetry's
 * conventions for generative AI</a>
 * @since 0.1.0
 */
public enum ProviderMeter implements MeterDocumentation {

	/** Tokens of the calls that were answered, where the vendor said how many. */
	TOKEN_USAGE("gen_ai.client.token.usage", Type.DISTRIBUTION_SUMMARY),

	/** How long the first event of a stream took, retries included. */
	TIME_TO_FIRST_CHUNK("gen_ai.client.operation.time_to_first_chunk", Type.TIMER),

	/** How long each further event of a stream took after the one before. */
	TIME_PER_OUTPUT_CHUNK("gen_ai.client.operation.time_per_output_chunk", Type.TIMER),

	/** How many attempts calls needed. */
	ATTEMPTS("nexus3.provider.attempts", Type.DISTRIBUTION_SUMMARY),

	/** Retries, by the reason for them. */
	RETRIES("nexus3.provider.retries", Type.COUNTER),

	/** Errors that came inside an answer whose status was good. */
	IN_BAND_ERRORS("nexus3.provider.inband.errors", Type.COUNTER),

	/** Answers that broke off before the model was done. */
	TRUNCATIONS("nexus3.provider.truncations", Type.COUNTER),

	/** Calls whose subscriber went away. */
	CANCELLED("nexus3.provider.cancelled", Type.COUNTER),

	/** Tokens of attempts that failed or were cancelled, where the vendor said. */
	WASTED_TOKENS("nexus3.provider.wasted.tokens", Type.COUNTER),

	/** Connections that carry a call. */
	CONNECTIONS_ACTIVE("nexus3.provider.connections.active", Type.GAUGE),

	/** Connections that wait for a call. */
	CONNECTIONS_IDLE("nexus3.provider.connections.idle", Type.GAUGE),

	/** Calls that wait for a connection. */
	CONNECTIONS_PENDING("nexus3.provider.connections.pending", Type.GAUGE),

	/** How many connections there may be. */
	CONNECTIONS_MAX("nexus3.provider.connections.max", Type.GAUGE);

	private final String name;

	private final Type type;

	ProviderMeter(String name, Type type) {
		this.name = name;
		this.type = type;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public Meter.Type getType() {
		return this.type;
	}

	@Override
	public KeyName[] getKeyNames() {
		return MeterLabel.values();
	}

	/** Labels of the meters that are not OpenTelemetry's, and the type of tokens. */
	public enum MeterLabel implements KeyName {

		/** The configured name of the provider. */
		PROVIDER("provider"),

		/** The model asked for. */
		MODEL("model"),

		/** The kind of error. */
		REASON("reason"),

		/** Completed, failed or cancelled. */
		OUTCOME("outcome"),

		/** Input or output. */
		TOKEN_TYPE("gen_ai.token.type");

		private final String key;

		MeterLabel(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

}
