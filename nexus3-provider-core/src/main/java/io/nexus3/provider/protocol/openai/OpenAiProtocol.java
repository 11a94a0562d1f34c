package io.nexus3.provider.protocol.openai;

import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.VendorJson.Origin;
import io.nexus3.provider.protocol.AnswerDecoder;
import io.nexus3.provider.protocol.Failures;
import io.nexus3.provider.protocol.Target;
import io.nexus3.provider.protocol.WireProtocol;
import io.nexus3.provider.wire.HttpFailure;
import io.nexus3.provider.wire.WireRequest;

/**
 * OpenAI's chat-completions format, as one of its dialects.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat">OpenAI, chat
 * completions</a>
 * @since 0.1.0
 */
public final class OpenAiProtocol implements WireProtocol {

	private static final String FORMAT = "openai";

	private final OpenAiRequestEncoder encoder;

	/**
	 * The format in a dialect.
	 * @param dialect how the server differs
	 */
	public OpenAiProtocol(OpenAiDialect dialect) {
		this.encoder = new OpenAiRequestEncoder(dialect);
	}

	@Override
	public String format() {
		return FORMAT;
	}

	@Override
	public WireRequest encode(CompletionRequest request, Target target, boolean stream) {
		return this.encoder.encode(request, target, stream);
	}

	@Override
	public AnswerDecoder newDecoder(Target target) {
		return new OpenAiAnswerDecoder(target, new Origin(FORMAT, target.provider()));
	}

	@Override
	public ProviderException decodeFailure(HttpFailure failure) {
		return Failures.of(failure);
	}

}
