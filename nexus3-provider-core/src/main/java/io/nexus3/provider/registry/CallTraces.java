package io.nexus3.provider.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.nexus3.provider.ProviderException;
import io.nexus3.provider.registry.CallListener.CallInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * All the traces of one call as one. What one of them throws is logged and keeps nothing
 * from the others.
 */
final class CallTraces implements CallTrace {

	private static final Logger logger = LoggerFactory.getLogger(CallTraces.class);

	private final List<CallTrace> traces;

	private CallTraces(List<CallTrace> traces) {
		this.traces = traces;
	}

	@Override
	public Context context(Context context) {
		Context result = context;
		for (CallTrace trace : this.traces) {
			try {
				result = trace.context(result);
			}
			catch (RuntimeException ex) {
				failed(ex);
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
	public void ended(CallEnd end) {
		tell((trace) -> trace.ended(end));
	}

	private void tell(Consumer<CallTrace> what) {
		for (CallTrace trace : this.traces) {
			try {
				what.accept(trace);
			}
			catch (RuntimeException ex) {
				failed(ex);
			}
		}
	}

	private static void failed(RuntimeException ex) {
		logger.warn("A call listener failed and was passed over", ex);
	}

	/** Begins the traces of a call. */
	record Factory(List<CallListener> listeners) {

		Factory {
			listeners = List.copyOf(listeners);
		}

		CallTrace start(CallInfo call, ContextView context) {
			List<CallTrace> traces = new ArrayList<>(this.listeners.size());
			for (CallListener listener : this.listeners) {
				try {
					traces.add(listener.callStarted(call, context));
				}
				catch (RuntimeException ex) {
					failed(ex);
				}
			}
			return new CallTraces(traces);
		}

	}

}
