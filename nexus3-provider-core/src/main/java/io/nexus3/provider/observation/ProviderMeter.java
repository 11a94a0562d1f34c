package io.nexus3.provider.observation;

import java.util.List;
import java.util.stream.Stream;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Meter.Type;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import io.nexus3.provider.observation.ProviderObservation.CallLabel;

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
	TOKEN_USAGE("gen_ai.client.token.usage", Type.DISTRIBUTION_SUMMARY,
			Keys.CONVENTIONAL.and(CallLabel.RESPONSE_MODEL, MeterLabel.TOKEN_TYPE)),

	/** How long the first event of a stream took, retries included. */
	TIME_TO_FIRST_CHUNK("gen_ai.client.operation.time_to_first_chunk", Type.TIMER,
			Keys.CONVENTIONAL.and(CallLabel.RESPONSE_MODEL)),

	/** How long each further event of a stream took after the one before. */
	TIME_PER_OUTPUT_CHUNK("gen_ai.client.operation.time_per_output_chunk", Type.TIMER, Keys.CONVENTIONAL),

	/** How many attempts calls needed. */
	ATTEMPTS("nexus3.provider.attempts", Type.DISTRIBUTION_SUMMARY, Keys.OWN.and(MeterLabel.OUTCOME)),

	/** Retries, by the reason for them. */
	RETRIES("nexus3.provider.retries", Type.COUNTER, Keys.OWN.and(MeterLabel.REASON)),

	/** Errors that came inside an answer whose status was good. */
	IN_BAND_ERRORS("nexus3.provider.inband.errors", Type.COUNTER, Keys.OWN.and(MeterLabel.REASON)),

	/** Answers that broke off before the model was done. */
	TRUNCATIONS("nexus3.provider.truncations", Type.COUNTER, Keys.OWN),

	/** Calls whose subscriber went away. */
	CANCELLED("nexus3.provider.cancelled", Type.COUNTER, Keys.OWN),

	/** Tokens of attempts that failed or were cancelled, where the vendor said. */
	WASTED_TOKENS("nexus3.provider.wasted.tokens", Type.COUNTER,
			Keys.OWN.and(MeterLabel.TOKEN_TYPE, MeterLabel.OUTCOME)),

	/** Connections that carry a call. */
	CONNECTIONS_ACTIVE("nexus3.provider.connections.active", Type.GAUGE, Keys.POOL),

	/** Connections that wait for a call. */
	CONNECTIONS_IDLE("nexus3.provider.connections.idle", Type.GAUGE, Keys.POOL),

	/** Calls that wait for a connection. */
	CONNECTIONS_PENDING("nexus3.provider.connections.pending", Type.GAUGE, Keys.POOL),

	/** How many connections there may be. */
	CONNECTIONS_MAX("nexus3.provider.connections.max", Type.GAUGE, Keys.POOL);

	private final String name;

	private final Type type;

	private final Keys keys;

	ProviderMeter(String name, Type type, Keys keys) {
		this.name = name;
		this.type = type;
		this.keys = keys;
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
		return this.keys.names.toArray(KeyName[]::new);
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

	/** The labels of a meter. */
	private record Keys(List<KeyName> names) {

		static final Keys CONVENTIONAL = new Keys(List.of(CallLabel.OPERATION_NAME, CallLabel.PROVIDER_NAME,
				CallLabel.REQUEST_MODEL, CallLabel.SERVER_ADDRESS, CallLabel.SERVER_PORT, CallLabel.PROVIDER));

		static final Keys OWN = new Keys(List.of(MeterLabel.PROVIDER, MeterLabel.MODEL));

		static final Keys POOL = new Keys(List.of(MeterLabel.PROVIDER));

		Keys and(KeyName... further) {
			return new Keys(Stream.concat(this.names.stream(), Stream.of(further)).toList());
		}

	}

}
