package io.nexus3.provider.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observations, and the names of all that is recorded with them. Names that begin
 * with {@code gen_ai}, {@code server}, {@code error} and {@code http} are
 * OpenTelemetry's.
 *
 * @see <a href=
 * "https://github.com/open-telemetry/semantic-conventions-genai">OpenTelemetry's
 * conventions for generative AI</a>
 * @since 0.1.0
 */
public enum ProviderObservation implements ObservationDocumentation {

	/** A call with all its attempts, until its answer is handed over. */
	CALL {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultChatObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return CallLabel.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return CallDetail.values();
		}

	},

	/** An attempt of a call: one request on the wire. */
	ATTEMPT {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultAttemptObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return AttemptLabel.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return AttemptDetail.values();
		}

	};

	/** The name of the observation of a call, and of its timer. */
	public static final String CALL_NAME = "gen_ai.client.operation.duration";

	/** The name of the observation of an attempt, and of its timer. */
	public static final String ATTEMPT_NAME = "nexus3.provider.attempt.duration";

	/** Labels of a call, on meters and spans. */
	public enum CallLabel implements KeyName {

		/** What is done: {@code chat}. */
		OPERATION_NAME("gen_ai.operation.name"),

		/** The kind of provider, by OpenTelemetry's name where it has one. */
		PROVIDER_NAME("gen_ai.provider.name"),

		/** The model asked for. */
		REQUEST_MODEL("gen_ai.request.model"),

		/** The model that answered. */
		RESPONSE_MODEL("gen_ai.response.model"),

		/** The host. */
		SERVER_ADDRESS("server.address"),

		/** The port. */
		SERVER_PORT("server.port"),

		/** The kind of error, or none. */
		ERROR_TYPE("error.type"),

		/** The configured name of the provider. */
		PROVIDER("nexus3.provider"),

		/** Completed, failed or cancelled. */
		OUTCOME("nexus3.outcome");

		private final String key;

		CallLabel(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/** What is recorded of a call on spans alone. What is unknown is left out. */
	public enum CallDetail implements KeyName {

		/** The model asked for, in full where the label is bounded. */
		REQUEST_MODEL("gen_ai.request.model"),

		/** The model that answered, in full where the label is bounded. */
		RESPONSE_MODEL("gen_ai.response.model"),

		/** The alias under which the model was asked for. */
		ALIAS("nexus3.model.alias"),

		/** Whether a stream was asked for. */
		STREAM("gen_ai.request.stream"),

		/** The limit on the answer's tokens. */
		MAX_TOKENS("gen_ai.request.max_tokens"),

		/** The sampling temperature. */
		TEMPERATURE("gen_ai.request.temperature"),

		/** The probability mass of nucleus sampling. */
		TOP_P("gen_ai.request.top_p"),

		/** The stop sequences. */
		STOP_SEQUENCES("gen_ai.request.stop_sequences"),

		/** The seed. */
		SEED("gen_ai.request.seed"),

		/** The form of the answer that was asked for: text or json. */
		OUTPUT_TYPE("gen_ai.output.type"),

		/** The vendor's id of the answer. */
		RESPONSE_ID("gen_ai.response.id"),

		/** Why the model stopped. */
		FINISH_REASONS("gen_ai.response.finish_reasons"),

		/** How long the first event of a stream took, in seconds. */
		TIME_TO_FIRST_CHUNK("gen_ai.response.time_to_first_chunk"),

		/** Tokens of the prompt, the cached ones included. */
		INPUT_TOKENS("gen_ai.usage.input_tokens"),

		/** Tokens of the answer, reasoning included. */
		OUTPUT_TOKENS("gen_ai.usage.output_tokens"),

		/** Tokens that came from the vendor's cache. */
		CACHE_READ_TOKENS("gen_ai.usage.cache_read.input_tokens"),

		/** Tokens that were written to the vendor's cache. */
		CACHE_WRITE_TOKENS("gen_ai.usage.cache_creation.input_tokens"),

		/** Tokens of reasoning. */
		REASONING_TOKENS("gen_ai.usage.reasoning.output_tokens"),

		/** What the vendor says the call cost. */
		COST("nexus3.usage.cost"),

		/** How many attempts were made. */
		ATTEMPTS("nexus3.attempts"),

		/** The conversation, where the application wants content recorded. */
		INPUT_MESSAGES("gen_ai.input.messages"),

		/** The answer, where the application wants content recorded. */
		OUTPUT_MESSAGES("gen_ai.output.messages");

		private final String key;

		CallDetail(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/** Labels of an attempt, on meters and spans. */
	public enum AttemptLabel implements KeyName {

		/** The configured name of the provider. */
		PROVIDER("nexus3.provider"),

		/** The model asked for. */
		REQUEST_MODEL("gen_ai.request.model"),

		/** The status of the answer, or none. */
		STATUS("http.response.status_code"),

		/** The kind of error, or none. */
		ERROR_TYPE("error.type"),

		/** Completed, failed or cancelled. */
		OUTCOME("nexus3.outcome");

		private final String key;

		AttemptLabel(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/** What is recorded of an attempt on spans alone. What is unknown is left out. */
	public enum AttemptDetail implements KeyName {

		/** Its number, from 1. */
		NUMBER("nexus3.attempt.number"),

		/** The vendor's id of the request, to quote to its support. */
		REQUEST_ID("nexus3.attempt.request_id"),

		/** The error of the attempt before. */
		RETRY_REASON("nexus3.retry.reason"),

		/** How long was waited before it, in milliseconds. */
		RETRY_DELAY("nexus3.retry.delay_ms");

		private final String key;

		AttemptDetail(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

}
