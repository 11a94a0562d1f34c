package io.nexus3.provider.wire;

/**
 * An answer whose status is not 2xx.
 *
 * @param status the HTTP status
 * @param headers the answer's headers
 * @param body the start of the body, as much as the limit allows
 * @param truncated whether there was more
 * @since 0.1.0
 */
public record HttpFailure(int status, WireHeaders headers, byte[] body, boolean truncated) {

}
