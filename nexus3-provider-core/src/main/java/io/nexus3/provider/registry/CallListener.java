package io.nexus3.provider.registry;

import reactor.util.context.ContextView;

/**
 * Is told what happens to calls: the one seam on which metrics, tracing, health and
 * whatever else wants to know hang. What it throws is caught and logged and breaks
 * nothing. Methods run on the threads of the call: they must not block.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CallListener {

	/**
	 * A call begins.
	 * @param call which call
	 * @param context the subscriber's context
	 * @return is told what happens to this call
	 */
	CallTrace callStarted(CallInfo call, ContextView context);

	/**
	 * Which call.
	 *
	 * @param id an id of the call, unique in this process
	 * @param provider the configured name of the provider
	 * @param type the name of its type
	 * @param model which model at which provider
	 * @param stream whether a stream was asked for
	 */
	record CallInfo(String id, String provider, String type, ResolvedModel model, boolean stream) {

	}

}
