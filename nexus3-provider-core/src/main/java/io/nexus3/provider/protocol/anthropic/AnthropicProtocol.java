package io.nexus3.provider.protocol.anthropic;

import java.util.Map;

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
 * Anthropic's messages format.
 *
 * @see <a href="https://platform.claude.com/docs/en/api/messages">Anthropic, create a
 * message</a>
 * @since 0.1.0
 */
public final class AnthropicProtocol implements WireProtocol {

	/** What every request says, whatever it asks for. */
	public static final Map<String, String> HEADERS = Map.of("anthropic-version", "2023-06-01");

	private static final String FORMAT = "anthropic";

	private final AnthropicRequestEncoder encoder = new AnthropicRequestEncoder();

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
		return new AnthropicAnswerDecoder(target, origin(target));
	}

	@Override
	public ProviderException decodeFailure(HttpFailure failure) {
		return Failures.of(failure);
	}

	static Origin origin(Target target) {
		return new Origin(FORMAT, target.provider());
	}

}
