package io.nexus3.provider.protocol.openai;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.Message;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.config.Limits;
import io.nexus3.provider.protocol.Target;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Encodes requests and reads the bodies back, refusing doubled fields.
 */
final class EncodedBody {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build();

	private EncodedBody() {
	}

	static Target target(String provider, String modelId) {
		return new Target(provider, modelId, RequestOptions.defaults(), false, Limits.defaults());
	}

	static Target caching(String provider, String modelId) {
		return new Target(provider, modelId, RequestOptions.defaults(), true, Limits.defaults());
	}

	static JsonNode of(OpenAiDialect dialect, CompletionRequest request, Target target, boolean stream) {
		return MAPPER.readTree(new OpenAiRequestEncoder(dialect).encode(request, target, stream).body());
	}

	static JsonNode of(OpenAiDialect dialect, CompletionRequest request) {
		return of(dialect, request, target("p", "m"), false);
	}

	static JsonNode of(OpenAiDialect dialect, RequestOptions options) {
		return of(dialect, CompletionRequest.of("hi").withOptions(options));
	}

	static JsonNode messages(OpenAiDialect dialect, Message... messages) {
		return of(dialect, CompletionRequest.of(List.of(messages))).get("messages");
	}

	static JsonNode json(String text) {
		return MAPPER.readTree(text.replace('\'', '"'));
	}

	static JsonNode golden(String name) {
		try (InputStream file = EncodedBody.class.getResourceAsStream("/golden/openai/" + name + ".json")) {
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
