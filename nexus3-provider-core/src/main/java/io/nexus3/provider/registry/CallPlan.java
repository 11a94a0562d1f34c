package io.nexus3.provider.registry;

import java.util.Map;

import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.HeaderLayers;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.config.ExtraHeaders;
import io.nexus3.provider.config.Timeouts;
import io.nexus3.provider.protocol.Target;
import io.nexus3.provider.protocol.WireProtocol;
import io.nexus3.provider.transport.HttpTransport;
import io.nexus3.provider.type.EffectiveProvider;
import io.nexus3.provider.type.ProviderType.Route;
import io.nexus3.provider.wire.WireRequest;

/**
 * Everything that is the same for all calls to one model: what is asked, how, where and
 * how patiently.
 *
 * @param model which model at which provider
 * @param provider the provider, presets applied
 * @param speech how requests are written and where they go
 * @param transport the provider's connections
 * @param clocks the provider's clocks
 * @param shared what all calls of the registry share
 */
record CallPlan(ResolvedModel model, EffectiveProvider provider, Speech speech, HttpTransport transport,
		Timeouts clocks, Shared shared) {

	WireRequest encode(CompletionRequest request, boolean stream) {
		try {
			return this.speech.protocol.encode(request, this.speech.target, stream);
		}
		catch (IllegalArgumentException ex) {
			throw ProviderException.of(ErrorKind.INVALID_REQUEST, "The request cannot be sent: " + ex.getMessage());
		}
	}

	/** The clocks of one call: its own over the model's over the provider's. */
	Timeouts timeouts(CompletionRequest request) {
		return this.clocks.with(options(request).timeouts());
	}

	/** The headers of one call, over those that its request needs. */
	Map<String, String> headers(CompletionRequest request, Map<String, String> needed) {
		Map<String, String> extra = options(request).extraHeaders();
		if (extra.isEmpty()) {
			return needed;
		}
		try {
			return HeaderLayers.over(new ExtraHeaders(extra).values(), needed);
		}
		catch (IllegalArgumentException ex) {
			throw ProviderException.of(ErrorKind.INVALID_REQUEST, "The request cannot be sent: " + ex.getMessage());
		}
	}

	private RequestOptions options(CompletionRequest request) {
		return request.options().over(this.speech.target.options());
	}

	/**
	 * How requests are written and where they go.
	 *
	 * @param protocol the wire format
	 * @param target whom requests are for
	 * @param route where they go
	 */
	record Speech(WireProtocol protocol, Target target, Route route) {

	}

	/**
	 * What all calls of a provider or registry share.
	 *
	 * @param retry decides about retries, with the provider's budget
	 * @param clock the time
	 * @param listeners who is told about calls
	 * @param rawLogs who sees raw traffic
	 * @param activeCalls the calls under way
	 * @param endMarker warns of streams that do not say that they are done
	 * @param use the calls on these connections
	 */
	record Shared(RetryPolicy retry, CallClock clock, CallTraces.Factory listeners, RawLogs rawLogs,
			ActiveCalls activeCalls, EndMarkerWarning endMarker, ConnectionUse use) {

	}

}
