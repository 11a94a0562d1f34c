package io.nexus3.provider.protocol.openai;

import java.util.Map;

import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.protocol.JsonBody;
import io.nexus3.provider.protocol.Target;
import io.nexus3.provider.wire.WireRequest;

/**
 * Writes requests in OpenAI's chat-completions format, as one dialect of it takes them.
 * Immutable.
 * <p>
 * What is unset is not written. Extra body fields are written last and replace what the
 * library would have written under the same top-level name; they are not merged into it.
 * An extra field that is {@code null} keeps the library's field out and is not written
 * itself.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat/create">OpenAI,
 * create chat completion</a>
 * @since 0.1.0
 */
public final class OpenAiRequestEncoder {

	private final OpenAiDialect dialect;

	/**
	 * An encoder.
	 * @param dialect how the server differs
	 */
	public OpenAiRequestEncoder(OpenAiDialect dialect) {
		this.dialect = dialect;
	}

	/**
	 * Write a request.
	 * @param request what to send; never changed
	 * @param target whom it is for; its options hold where the request's are silent
	 * @param stream whether to ask for an event stream
	 * @return the bytes; no headers
	 * @throws IllegalArgumentException when the request holds what the server or JSON
	 * does not know: a document by URL where only bytes are taken, a tool schema that
	 * contains itself, vendor data that is not JSON
	 */
	public WireRequest encode(CompletionRequest request, Target target, boolean stream) {
		RequestOptions options = request.options().over(target.options());
		BodyWriter body = new BodyWriter(this.dialect, target, options);
		return new WireRequest(JsonBody.write((json) -> body.write(json, request, stream)), stream, Map.of());
	}

}
