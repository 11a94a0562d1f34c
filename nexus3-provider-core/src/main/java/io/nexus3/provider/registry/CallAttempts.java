package io.nexus3.provider.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.nexus3.provider.AttemptFailure;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.ErrorDetails;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.VendorError;
import io.nexus3.provider.config.ApiKey;
import io.nexus3.provider.config.Timeouts;
import io.nexus3.provider.registry.AttemptReader.CallTimes;
import io.nexus3.provider.transport.AttemptRequest;
import io.nexus3.provider.transport.RawLog;
import io.nexus3.provider.transport.Redactor;
import io.nexus3.provider.wire.RawLogListener;
import io.nexus3.provider.wire.WireRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

/**
 * Makes the attempts of one call and keeps the record of why they failed. Used by the
 * call's loop only.
 */
final class CallAttempts {

	/** Errors that say that the connection is gone, and nothing about the answer. */
	private static final Set<ErrorKind> LOSSES = EnumSet.of(ErrorKind.CONNECTION_LOST, ErrorKind.TIMEOUT,
			ErrorKind.INTERRUPTED);

	private final CallPlan plan;

	private final String callId;

	private final Context context;

	private final WireRequest request;

	private final Map<String, String> extraHeaders;

	private final Timeouts timeouts;

	private final CallTimes times;

	private final boolean stream;

	private final List<AttemptFailure> failures = new ArrayList<>();

	private final RetryPolicy.State retries = new RetryPolicy.State();

	private final @Nullable CallCredential credential;

	private @Nullable RawLog rawLog;

	private volatile Redactor redactor = new Redactor(null);

	private boolean fresh;

	private int count;

	CallAttempts(CallPlan plan, String callId, CompletionRequest request, boolean stream, Context context) {
		this.plan = plan;
		this.callId = callId;
		this.context = context;
		this.stream = stream;
		this.request = plan.encode(request, stream);
		this.extraHeaders = plan.headers(request, this.request.headers());
		this.timeouts = plan.timeouts(request);
		this.times = new CallTimes(plan.shared().clock());
		this.credential = CallCredential.of(plan, this.timeouts, context);
	}

	Timeouts timeouts() {
		return this.timeouts;
	}

	int count() {
		return this.count;
	}

	/** The next attempt, whose work runs in the context that the call's traces want. */
	Attempt next(CallSubscription call, CallTraces trace) {
		this.count++;
		trace.attemptStarted(this.count);
		Context context = trace.context(this.context);
		CallClock clock = this.plan.shared().clock();
		AttemptClocks clocks = new AttemptClocks(this.timeouts, clock, this.stream, call::drain);
		AttemptReader reader = new AttemptReader(this.plan.speech().protocol().newDecoder(this.plan.speech().target()),
				clocks, this.plan.speech().protocol()::decodeFailure, this.times, this.plan.shared().endMarker());
		this.rawLog = this.plan.shared()
			.rawLogs()
			.log(context, new RawLogListener.Attempt(this.callId, this.plan.provider().name(),
					this.plan.model().modelId(), this.count));
		return new Attempt(call, context, reader, clocks, this.count, clock.nanos().getAsLong());
	}

	void subscribe(Attempt attempt) {
		RawLog rawLog = this.rawLog;
		CallCredential credential = this.credential;
		Flux<List<StreamEvent>> exchange = (credential == null) ? exchange(attempt, null, rawLog)
				: credential.key().flatMapMany((key) -> exchange(attempt, key, rawLog));
		exchange.subscribe(attempt);
	}

	private Flux<List<StreamEvent>> exchange(Attempt attempt, @Nullable ApiKey key, @Nullable RawLog rawLog) {
		this.redactor = new Redactor(key);
		return this.plan.transport()
			.exchange(new AttemptRequest<>(this.plan.speech().route().pathAndQuery(), this.request, this.extraHeaders,
					key, attempt.reader, rawLog, this.plan.shared().clock().scheduler(), this.fresh));
	}

	/** The typed error of a failed attempt, with what its answer's head says. */
	ProviderException error(Attempt attempt, @Nullable Throwable cause) {
		ProviderException error;
		if (cause instanceof ProviderException typed) {
			error = typed;
		}
		else if (cause == null) {
			error = ProviderException.of(ErrorKind.EMPTY_RESPONSE, "The answer ended without a word");
		}
		else {
			error = ProviderException.of(ErrorKind.OTHER, "The call failed: " + cause.getMessage(), ErrorDetails.none(),
					cause);
		}
		return redacted(attempt.reader.withHead(error));
	}

	/** A vendor that echoes the key must not bring it to listeners, logs and callers. */
	private ProviderException redacted(ProviderException error) {
		String summary = this.redactor.redactCut(error.summary());
		VendorError vendor = new VendorRedaction(this.redactor).redact(error.vendor());
		if (summary.equals(error.summary()) && vendor.equals(error.vendor())) {
			return error;
		}
		return ProviderException.of(error.kind(), summary, error.details().withVendor(vendor), null);
	}

	/** Whether an error says only that the connection is gone. */
	boolean lossOnly(ProviderException error) {
		return LOSSES.contains(error.kind());
	}

	void succeeded(Attempt attempt) {
		this.plan.shared().retry().succeeded(this.retries);
		endRawLog("completed", null);
	}

	void failed(Attempt attempt, ProviderException error) {
		this.failures.add(new AttemptFailure(attempt.number, error.kind(), error.status(), error.summary(),
				this.plan.shared().clock().since(attempt.start)));
		if (this.credential != null && error.kind() == ErrorKind.AUTHENTICATION) {
			this.credential.refused();
		}
		endRawLog("failed", error);
	}

	void abandoned(Attempt attempt, @Nullable ProviderException error) {
		if (error != null) {
			failed(attempt, error);
		}
		else {
			endRawLog("cancelled", null);
		}
	}

	private void endRawLog(String outcome, @Nullable Throwable error) {
		if (this.rawLog != null) {
			this.rawLog.end(outcome, error);
		}
	}

	RetryPolicy.Decision decide(Attempt attempt, ProviderException error) {
		CallCredential credential = this.credential;
		Duration total = this.timeouts.total();
		this.fresh = error.kind() == ErrorKind.CONNECTION_LOST && attempt.reader.stale();
		return this.plan.shared()
			.retry()
			.decide(new RetryPolicy.Failure(error, attempt.reader.headers(), this.fresh, attempt.reader.sent(),
					credential != null && credential.refreshable()), this.retries,
					(total != null) ? total.minus(this.times.total()) : null);
	}

	/** The error that the call ends with. */
	ProviderException last(@Nullable Attempt attempt, ProviderException error, boolean committed,
			@Nullable Duration hint) {
		ErrorKind kind = (committed && lossOnly(error)) ? ErrorKind.INTERRUPTED : error.kind();
		String when = committed ? ". The stream broke off after data had been received"
				: (lossOnly(error) ? " before any data was received" : "");
		ErrorDetails details = error.details()
			.withCall(new ErrorDetails.Call(this.plan.provider().name(), this.plan.model().modelId(), this.failures,
					this.times.total(), committed))
			.withRecovery(new ErrorDetails.Recovery(error.retryable(),
					(hint != null) ? hint : error.details().recovery().retryAfter()))
			.withPartialMessage((attempt != null) ? attempt.reader.partial() : null);
		Throwable cause = (error.getCause() == null && kind != error.kind()) ? error : error.getCause();
		return ProviderException.of(kind, error.summary() + when, details, cause);
	}

}
