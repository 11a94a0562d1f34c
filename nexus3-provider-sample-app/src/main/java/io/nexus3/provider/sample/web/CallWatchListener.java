package io.nexus3.provider.sample.web;

import io.nexus3.provider.registry.CallListener;
import io.nexus3.provider.registry.CallTrace;
import reactor.util.context.ContextView;

import org.springframework.stereotype.Component;

/**
 * Tells the watch that a call finds in its context what happens to it. A bean of this
 * type is all that the starter asks for.
 */
@Component
class CallWatchListener implements CallListener {

	private static final CallTrace UNWATCHED = new CallTrace() {
	};

	@Override
	public CallTrace callStarted(CallInfo call, ContextView context) {
		CallWatch watch = CallWatch.from(context);
		return (watch != null) ? watch.call(call) : UNWATCHED;
	}

}
