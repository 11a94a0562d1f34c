package io.nexus3.provider.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.nexus3.provider.ProviderException;
import io.nexus3.provider.registry.CallListener.CallInfo;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * All the traces of one call as one. What one of them throws is counted and keeps nothing
 * from the others.
 */
final class CallTraces implements CallTrace {

	private static final CallTraces NONE = new CallTraces(List.of(), new ListenerFailures());

	private final CallTrace[] traces;

	private final ListenerFailures failures;

	private CallTraces(List<CallTrace> traces, ListenerFailures failures) {
		this.traces = traces.toArray(CallTrace[]::new);
		this.failures = failures;
	}

	/** Whether anybody is told. */
	boolean listening() {
		return this.traces.length > 0;
	}

	@Override
	public Context context(Context context) {
		Context result = context;
		for (CallTrace trace : this.traces) {
			try {
				result = trace.context(result);
			}
			catch (Throwable ex) {
				this.failures.failed(ex);
			}
		}
		return result;
	}

	@Override
	public void attemptStarted(int number) {
		tell((trace) -> trace.attemptStarted(number));
	}

	@Override
	public void attemptEnded(AttemptEnd attempt) {
		tell((trace) -> trace.attemptEnded(attempt));
	}

	@Override
	public void retryPlanned(ProviderException reason, Duration delay) {
		tell((trace) -> trace.retryPlanned(reason, delay));
	}

	@Override
	public void firstEvent() {
		tell(CallTrace::firstEvent);
	}

	@Override
	public void event() {
		for (CallTrace trace : this.traces) {
			try {
				trace.event();
			}
			catch (Throwable ex) {
				this.failures.failed(ex);
			}
		}
	}

	@Override
	public void ended(CallEnd end) {
		tell((trace) -> trace.ended(end));
	}

	private void tell(Consumer<CallTrace> what) {
		for (CallTrace trace : this.traces) {
			try {
				what.accept(trace);
			}
			catch (Throwable ex) {
				this.failures.failed(ex);
			}
		}
	}

	/** Begins the traces of a call. */
	record Factory(List<CallListener> listeners, ListenerFailures failures) {

		Factory {
			listeners = List.copyOf(listeners);
		}

		CallTraces start(Supplier<CallInfo> call, ContextView context) {
			return this.listeners.isEmpty() ? NONE : start(call.get(), context);
		}

		private CallTraces start(CallInfo call, ContextView context) {
			List<CallTrace> traces = new ArrayList<>(this.listeners.size());
			for (CallListener listener : this.listeners) {
				try {
					traces.add(Objects.requireNonNull(listener.callStarted(call, context), "a listener gave no trace"));
				}
				catch (Throwable ex) {
					this.failures.failed(ex);
				}
			}
			return new CallTraces(traces, this.failures);
		}

	}

}
