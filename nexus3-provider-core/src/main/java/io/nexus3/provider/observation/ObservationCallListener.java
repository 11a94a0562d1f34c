package io.nexus3.provider.observation;

import java.util.function.LongSupplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.nexus3.provider.registry.CallListener;
import io.nexus3.provider.registry.CallTrace;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Makes one {@link Observation} of each call, and one below it of each of its attempts.
 * The call's parent is the observation in the subscriber's Reactor context, else the
 * current one of the subscribing thread; the attempt's own work runs with the attempt's
 * observation in its Reactor context, so that what observes the HTTP client is below it.
 * No global hook is needed for any of this.
 * <p>
 * With a registry that observes nothing, it costs nothing.
 *
 * @since 0.1.0
 */
public final class ObservationCallListener implements CallListener {

	private static final CallTrace NOTHING = new CallTrace() {
	};

	private static final ChatObservationConvention DEFAULT_CHAT = new DefaultChatObservationConvention();

	private static final AttemptObservationConvention DEFAULT_ATTEMPT = new DefaultAttemptObservationConvention();

	private final ObservationRegistry registry;

	private final ObservationSettings settings;

	private final @Nullable ChatObservationConvention chat;

	private final @Nullable AttemptObservationConvention attempt;

	private final LongSupplier nanos;

	/**
	 * A listener with the default names.
	 * @param registry where observations go
	 * @param settings what may be recorded
	 */
	public ObservationCallListener(ObservationRegistry registry, ObservationSettings settings) {
		this(registry, settings, null, null);
	}

	/**
	 * A listener with names of the application.
	 * @param registry where observations go
	 * @param settings what may be recorded
	 * @param chat names calls, or {@code null} for the default
	 * @param attempt names attempts, or {@code null} for the default
	 */
	public ObservationCallListener(ObservationRegistry registry, ObservationSettings settings,
			@Nullable ChatObservationConvention chat, @Nullable AttemptObservationConvention attempt) {
		this(registry, settings, chat, attempt, System::nanoTime);
	}

	ObservationCallListener(ObservationRegistry registry, ObservationSettings settings,
			@Nullable ChatObservationConvention chat, @Nullable AttemptObservationConvention attempt,
			LongSupplier nanos) {
		this.registry = registry;
		this.settings = settings;
		this.chat = chat;
		this.attempt = attempt;
		this.nanos = nanos;
	}

	@Override
	public CallTrace callStarted(CallInfo call, ContextView context) {
		if (this.registry.isNoop()) {
			return NOTHING;
		}
		ChatObservationContext observed = new ChatObservationContext(call, this.settings.labels(),
				this.settings.includeContent());
		Observation observation = ProviderObservation.CALL.observation(this.chat, DEFAULT_CHAT, () -> observed,
				this.registry);
		Observation parent = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
		if (parent != null) {
			observation.parentObservation(parent);
		}
		return new ObservedCall(observed, observation.start(), parent, this::attempt, this.nanos);
	}

	private Observation attempt(AttemptObservationContext context) {
		return ProviderObservation.ATTEMPT.observation(this.attempt, DEFAULT_ATTEMPT, () -> context, this.registry);
	}

}
