package io.nexus3.provider.observation;

import java.time.Duration;

import io.micrometer.common.KeyValues;
import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.ResponseFormat;
import io.nexus3.provider.Usage;
import io.nexus3.provider.observation.ProviderObservation.CallDetail;
import io.nexus3.provider.observation.ProviderObservation.CallLabel;
import io.nexus3.provider.registry.CallListener.CallInfo;
import io.nexus3.provider.registry.CallTrace.CallEnd;
import org.jspecify.annotations.Nullable;

/**
 * Names calls as {@link ProviderObservation#CALL} documents it. Prompts and answers are
 * recorded only where {@link ChatObservationContext#isContentIncluded()} says so.
 *
 * @since 0.1.0
 */
public class DefaultChatObservationConvention implements ChatObservationConvention {

	private static final double NANOS = 1e9;

	@Override
	public String getName() {
		return ProviderObservation.CALL_NAME;
	}

	@Override
	public String getContextualName(ChatObservationContext context) {
		return "chat " + context.getCall().model().modelId();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ChatObservationContext context) {
		CallInfo call = context.getCall();
		CallEnd end = context.getEnd();
		return KeyValues.of(CallLabel.OPERATION_NAME.withValue("chat"),
				CallLabel.PROVIDER_NAME.withValue(ProviderNames.of(call.type())),
				CallLabel.REQUEST_MODEL.withValue(context.getRequestModelLabel()),
				CallLabel.RESPONSE_MODEL.withValue(context.getResponseModelLabel()),
				CallLabel.SERVER_ADDRESS.withValue(call.asked().server().host()),
				CallLabel.SERVER_PORT.withValue(Labels.port(call)),
				CallLabel.ERROR_TYPE.withValue(Labels.errorType((end != null) ? end.error() : null)),
				CallLabel.PROVIDER.withValue(call.provider()),
				CallLabel.OUTCOME.withValue(Labels.outcome((end != null) ? end.outcome() : null)));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ChatObservationContext context) {
		Details details = new Details();
		addRequest(details, context.getCall());
		CallEnd end = context.getEnd();
		if (end != null) {
			details.add(CallDetail.ATTEMPTS, end.attempts())
				.add(CallDetail.TIME_TO_FIRST_CHUNK, seconds(context.getTimeToFirstChunk()));
		}
		AssistantMessage message = context.getMessage();
		if (message != null) {
			addAnswer(details, message);
		}
		if (context.isContentIncluded() && end != null) {
			details.add(CallDetail.INPUT_MESSAGES, ContentJson.input(context.getCall().asked().request().messages()))
				.add(CallDetail.OUTPUT_MESSAGES, (message != null) ? ContentJson.output(message) : null);
		}
		return details.keyValues();
	}

	private static void addRequest(Details details, CallInfo call) {
		RequestOptions options = call.asked().options();
		RequestOptions.Sampling sampling = options.sampling();
		details.add(CallDetail.REQUEST_MODEL, call.model().modelId())
			.add(CallDetail.ALIAS, call.model().alias())
			.add(CallDetail.STREAM, call.stream())
			.add(CallDetail.MAX_TOKENS, sampling.maxOutputTokens())
			.add(CallDetail.TEMPERATURE, sampling.temperature())
			.add(CallDetail.TOP_P, sampling.topP())
			.add(CallDetail.STOP_SEQUENCES, sampling.stop())
			.add(CallDetail.SEED, sampling.seed())
			.add(CallDetail.OUTPUT_TYPE, outputType(options.responseFormat()));
	}

	private static @Nullable String outputType(@Nullable ResponseFormat format) {
		if (format == null) {
			return null;
		}
		return format.equals(ResponseFormat.text()) ? "text" : "json";
	}

	private static void addAnswer(Details details, AssistantMessage message) {
		if (message.response() != null) {
			details.add(CallDetail.RESPONSE_MODEL, message.response().model())
				.add(CallDetail.RESPONSE_ID, message.response().id());
		}
		if (message.finishReason() != null) {
			details.add(CallDetail.FINISH_REASONS, "[" + ContentJson.finishReason(message.finishReason()) + "]");
		}
		Usage usage = message.usage();
		if (usage != null) {
			details.add(CallDetail.INPUT_TOKENS, usage.inputTokens())
				.add(CallDetail.OUTPUT_TOKENS, usage.outputTokens())
				.add(CallDetail.CACHE_READ_TOKENS, usage.cacheReadTokens())
				.add(CallDetail.CACHE_WRITE_TOKENS, usage.cacheWriteTokens())
				.add(CallDetail.REASONING_TOKENS, usage.reasoningTokens())
				.add(CallDetail.COST, usage.cost());
		}
	}

	private static @Nullable Double seconds(@Nullable Duration duration) {
		return (duration != null) ? duration.toNanos() / NANOS : null;
	}

}
