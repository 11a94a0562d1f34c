package io.nexus3.provider.protocol.anthropic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.AssistantPart;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.Message;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.ResponseInfo;
import io.nexus3.provider.ToolArguments;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.VendorJson;
import io.nexus3.provider.config.Limits;
import io.nexus3.provider.protocol.Target;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Encodes requests and reads the bodies back, refusing doubled fields.
 */
final class AnthropicBody {

	static final String MODEL = "claude-sonnet-4-5";

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build();

	private AnthropicBody() {
	}

	static Target target(String model) {
		return new Target("anthropic", model, RequestOptions.defaults(), false, Limits.defaults());
	}

	static Target caching(String model) {
		return new Target("anthropic", model, RequestOptions.defaults(), true, Limits.defaults());
	}

	static JsonNode of(CompletionRequest request, Target target, boolean stream) {
		return MAPPER.readTree(text(request, target, stream));
	}

	static byte[] text(CompletionRequest request, Target target, boolean stream) {
		return new AnthropicProtocol().encode(request, target, stream).body();
	}

	static JsonNode of(String model, RequestOptions options) {
		return of(CompletionRequest.of("hi").withOptions(options), target(model), false);
	}

	static JsonNode of(Message... messages) {
		return of(CompletionRequest.of(List.of(messages)), target(MODEL), false);
	}

	static JsonNode messages(Message... messages) {
		return of(messages).get("messages");
	}

	static JsonNode json(String text) {
		return MAPPER.readTree(text.replace('\'', '"'));
	}

	static AssistantMessage answer(AssistantPart... parts) {
		return new AssistantMessage(List.of(parts), null, null,
				new ResponseInfo("anthropic", null, null, null, Map.of()));
	}

	static ToolCall call(String id, String name, String raw) {
		return ToolCall.of(id, name, ToolArguments.valid(Map.of(), raw));
	}

	static VendorJson own(String json) {
		return new VendorJson(new VendorJson.Origin("anthropic", "anthropic"), json);
	}

	static VendorJson foreign(String json) {
		return new VendorJson(new VendorJson.Origin("openai", "openrouter"), json);
	}

	static JsonNode golden(String name) {
		try (InputStream file = AnthropicBody.class.getResourceAsStream("/golden/anthropic/" + name + ".json")) {
			if (file == null) {
				throw new IllegalArgumentException("No golden body " + name);
			}
			return MAPPER.readTree(file.readAllBytes());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
