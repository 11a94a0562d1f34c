package io.nexus3.provider.protocol.anthropic;

import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.protocol.JsonBody;
import io.nexus3.provider.protocol.Target;
import io.nexus3.provider.wire.WireRequest;

/**
 * Writes requests in Anthropic's messages format. Immutable.
 * <p>
 * What is unset is not written, but for the limit on the answer, which this format
 * demands. Extra body fields are written last and replace what the library would have
 * written under the same top-level name; they are not merged into it. An extra field that
 * is {@code null} keeps the library's field out and is not written itself.
 *
 * @see <a href="https://platform.claude.com/docs/en/api/messages">Anthropic, create a
 * message</a>
 */
final class AnthropicRequestEncoder {

	WireRequest encode(CompletionRequest request, Target target, boolean stream) {
		RequestOptions options = request.options().over(target.options());
		BodyWriter body = new BodyWriter(target, options);
		return new WireRequest(JsonBody.write((json) -> body.write(json, request, stream)), stream,
				AnthropicProtocol.HEADERS);
	}

}
