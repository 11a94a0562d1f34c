package io.nexus3.provider.wire;

import java.util.Map;

/**
 * What a protocol hands to the transport: the same bytes for every attempt of a call.
 *
 * @param body the JSON body
 * @param stream whether an event stream is asked for; what comes is decided by its bytes
 * @param headers headers that the protocol needs; no credentials
 * @since 0.1.0
 */
public record WireRequest(byte[] body, boolean stream, Map<String, String> headers) {

	/**
	 * Copy the headers.
	 */
	public WireRequest {
		headers = Map.copyOf(headers);
	}

}
