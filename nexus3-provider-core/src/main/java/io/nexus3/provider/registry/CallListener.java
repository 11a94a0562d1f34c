package io.nexus3.provider.registry;

import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.config.BaseUrl;
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
	 * @param asked what is asked, and where
	 */
	record CallInfo(String id, String provider, String type, ResolvedModel model, boolean stream, Asked asked) {

	}

	/**
	 * What is asked, and where. It holds what users wrote: keep it out of logs and
	 * measurements unless the application wants it there.
	 *
	 * @param request the request
	 * @param defaults the options that model and provider set
	 * @param server where the provider is
	 */
	record Asked(CompletionRequest request, RequestOptions defaults, BaseUrl server) {

		/**
		 * The options that hold for the call, merged anew each time.
		 * @return the request's options over those of model and provider
		 */
		public RequestOptions options() {
			return this.request.options().over(this.defaults);
		}

	}

}
