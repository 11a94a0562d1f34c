package io.nexus3.provider.observation;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.Usage;
import io.nexus3.provider.VendorError;
import io.nexus3.provider.observation.ProviderMeter.MeterLabel;
import io.nexus3.provider.observation.ProviderObservation.CallLabel;
import io.nexus3.provider.registry.CallListener.CallInfo;
import io.nexus3.provider.registry.CallTrace;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one call. Told by the call's loop only, which one thread runs at a time.
 */
final class MeteredCall implements CallTrace {

	/** Errors that say that an answer broke off. */
	private static final Set<ErrorKind> LOSSES = EnumSet.of(ErrorKind.INTERRUPTED, ErrorKind.CONNECTION_LOST);

	private final MeterRegistry registry;

	private final ModelLabels labels;

	/**
	 * Of OpenTelemetry's meters, but for the model that answers, which is not known yet.
	 */
	private final Tags conventional;

	private final Tags own;

	private final Clock clock;

	private final boolean stream;

	private final long start;

	private @Nullable Timer gaps;

	private long firstEvent;

	private long lastEvent;

	private boolean begun;

	MeteredCall(CallInfo call, MeterRegistry registry, ModelLabels labels) {
		this.registry = registry;
		this.labels = labels;
		this.stream = call.stream();
		this.clock = registry.config().clock();
		String model = labels.requested(call.model().modelId());
		this.conventional = Tags.of(CallLabel.OPERATION_NAME.asString(), "chat", CallLabel.PROVIDER_NAME.asString(),
				ProviderNames.of(call.type()), CallLabel.REQUEST_MODEL.asString(), model,
				CallLabel.SERVER_ADDRESS.asString(), call.asked().server().host(), CallLabel.SERVER_PORT.asString(),
				Labels.port(call), CallLabel.PROVIDER.asString(), call.provider());
		this.own = Tags.of(MeterLabel.PROVIDER.asString(), call.provider(), MeterLabel.MODEL.asString(), model);
		this.start = this.clock.monotonicTime();
	}

	@Override
	public void firstEvent() {
		if (this.stream) {
			this.firstEvent = this.clock.monotonicTime();
			this.begun = true;
		}
	}

	@Override
	public void event() {
		long now = this.clock.monotonicTime();
		if (this.gaps == null) {
			this.gaps = timer(ProviderMeter.TIME_PER_OUTPUT_CHUNK, this.conventional);
		}
		else {
			this.gaps.record(now - this.lastEvent, TimeUnit.NANOSECONDS);
		}
		this.lastEvent = now;
	}

	@Override
	public void retryPlanned(ProviderException reason, Duration delay) {
		count(ProviderMeter.RETRIES, this.own.and(reason(reason)), 1);
	}

	@Override
	public void attemptEnded(AttemptEnd attempt) {
		if (attempt.outcome() == Outcome.COMPLETED) {
			return;
		}
		ProviderException error = attempt.error();
		if (error != null && begunWell(attempt)) {
			if (LOSSES.contains(error.kind())) {
				count(ProviderMeter.TRUNCATIONS, this.own, 1);
			}
			else if (saidByVendor(error.vendor())) {
				count(ProviderMeter.IN_BAND_ERRORS, this.own.and(reason(error)), 1);
			}
		}
		Usage usage = (attempt.message() != null) ? attempt.message().usage() : null;
		if (usage != null) {
			waste(attempt.outcome(), "input", usage.inputTokens());
			waste(attempt.outcome(), "output", usage.outputTokens());
		}
	}

	private static boolean begunWell(AttemptEnd attempt) {
		return attempt.status() != null && attempt.status() >= 200 && attempt.status() < 300;
	}

	private static boolean saidByVendor(VendorError vendor) {
		return vendor.type() != null || vendor.code() != null || vendor.message() != null;
	}

	private void waste(Outcome outcome, String type, @Nullable Long tokens) {
		if (tokens != null && tokens > 0) {
			count(ProviderMeter.WASTED_TOKENS, this.own.and(MeterLabel.TOKEN_TYPE.asString(), type,
					MeterLabel.OUTCOME.asString(), Labels.outcome(outcome)), tokens);
		}
	}

	@Override
	public void ended(CallEnd end) {
		DistributionSummary.builder(ProviderMeter.ATTEMPTS.getName())
			.tags(this.own.and(MeterLabel.OUTCOME.asString(), Labels.outcome(end.outcome())))
			.register(this.registry)
			.record(end.attempts());
		if (end.outcome() == Outcome.CANCELLED) {
			count(ProviderMeter.CANCELLED, this.own, 1);
		}
		AssistantMessage message = end.message();
		Tags tags = this.conventional.and(CallLabel.RESPONSE_MODEL.asString(),
				this.labels.answering(Labels.answeringModel(message)));
		if (this.begun) {
			timer(ProviderMeter.TIME_TO_FIRST_CHUNK, tags).record(this.firstEvent - this.start, TimeUnit.NANOSECONDS);
		}
		if (end.outcome() == Outcome.COMPLETED && message != null && message.usage() != null) {
			use(tags, "input", message.usage().inputTokens());
			use(tags, "output", message.usage().outputTokens());
		}
	}

	private void use(Tags tags, String type, @Nullable Long tokens) {
		if (tokens != null) {
			DistributionSummary.builder(ProviderMeter.TOKEN_USAGE.getName())
				.tags(tags.and(MeterLabel.TOKEN_TYPE.asString(), type))
				.register(this.registry)
				.record(tokens);
		}
	}

	private Timer timer(ProviderMeter meter, Tags tags) {
		return Timer.builder(meter.getName()).tags(tags).register(this.registry);
	}

	private void count(ProviderMeter meter, Tags tags, double amount) {
		Counter.builder(meter.getName()).tags(tags).register(this.registry).increment(amount);
	}

	private static Tag reason(ProviderException error) {
		return Tag.of(MeterLabel.REASON.asString(), Labels.errorType(error));
	}

}
