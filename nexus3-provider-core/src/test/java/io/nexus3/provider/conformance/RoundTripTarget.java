package io.nexus3.provider.conformance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.Message;
import io.nexus3.provider.Reasoning;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.ToolDefinition;
import io.nexus3.provider.ToolMessage;
import io.nexus3.provider.UserMessage;
import io.nexus3.provider.config.BaseUrl;
import io.nexus3.provider.config.Limits;
import io.nexus3.provider.protocol.Target;
import io.nexus3.provider.protocol.WireProtocol;
import io.nexus3.provider.test.Dialect;
import io.nexus3.provider.test.RequestValidator;
import io.nexus3.provider.test.format.Violation;
import io.nexus3.provider.type.ProviderEndpoint;
import io.nexus3.provider.type.ProviderTypes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A provider to which a conversation goes on, and the rules by which it takes requests.
 *
 * @param type the provider type
 * @param model the model
 * @param dialect the server whose rules hold
 * @param path the address that requests go to
 * @param baseUrl the base URL as configured
 * @param apiVersion the api-version, or null
 */
record RoundTripTarget(String type, String model, Dialect dialect, String path, String baseUrl,
		@Nullable String apiVersion) {

	static final List<RoundTripTarget> FOREIGN = List.of(chat("openai", "gpt-4o", Dialect.OPENAI),
			chat("openai", "gpt-5-mini", Dialect.OPENAI),
			azure("/openai/deployments/gpt-4o/chat/completions?api-version=2024-02-01", "https://h.example",
					"2024-02-01"),
			azure("/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21", "https://h.example",
					"2024-10-21"),
			azure("/openai/v1/chat/completions", "https://h.example/openai/v1", null),
			chat("openrouter", "anthropic/claude-sonnet-4.5", Dialect.OPENROUTER),
			chat("ollama", "llama3.2", Dialect.OLLAMA), chat("vllm", "Qwen/Qwen3-8B", Dialect.VLLM),
			chat("openai-compatible", "mistral-small-latest", Dialect.OPENAI), anthropic("claude-sonnet-4-5"),
			anthropic("claude-opus-4-6"), anthropic("claude-opus-4-7"), anthropic("claude-opus-5"));

	private static final Set<String> REASONING_TYPES = Set.of("anthropic", "openrouter", "ollama", "vllm");

	private static final JsonMapper JSON = new JsonMapper();

	static RoundTripTarget chat(String type, String model, Dialect dialect) {
		return new RoundTripTarget(type, model, dialect, "/v1/chat/completions", "https://h.example/v1", null);
	}

	static RoundTripTarget anthropic(String model) {
		return new RoundTripTarget("anthropic", model, Dialect.ANTHROPIC, "/v1/messages", "https://h.example", null);
	}

	private static RoundTripTarget azure(String path, String baseUrl, @Nullable String apiVersion) {
		return new RoundTripTarget("azure", "gpt-4o", Dialect.AZURE, path, baseUrl, apiVersion);
	}

	/** Whether the model reasons; one that does not refuses the setting. */
	private boolean reasons() {
		return REASONING_TYPES.contains(this.type) || this.model.startsWith("gpt-5") || this.model.startsWith("o");
	}

	/** The rules for what came from there: a host takes the fields that it has sent. */
	RoundTripTarget atHome() {
		return this.type.equals("openai-compatible") ? chat(this.type, this.model, Dialect.VLLM) : this;
	}

	String name() {
		return this.type + " " + this.model + ((this.apiVersion != null) ? " " + this.apiVersion : "");
	}

	WireProtocol protocol() {
		return ProviderTypes.builtIn()
			.find(this.type)
			.protocol()
			.protocol(new ProviderEndpoint(BaseUrl.parse(this.baseUrl), this.apiVersion));
	}

	/**
	 * The conversations that an answer may stand in: with its results alone, and with a
	 * further turn of the user.
	 */
	static List<List<Message>> conversations(AssistantMessage answer) {
		List<Message> messages = round(answer);
		List<Message> further = new ArrayList<>(messages);
		further.add(UserMessage.of("Go on"));
		return answer.toolCalls().isEmpty() ? List.of(further) : List.of(messages, further);
	}

	/** A question, its answer and the results of its calls. */
	static List<Message> round(AssistantMessage answer) {
		List<Message> messages = new ArrayList<>(List.of(UserMessage.of("Hello"), answer));
		answer.toolCalls().forEach((call) -> messages.add(ToolMessage.of(call, "done")));
		return messages;
	}

	/** Two rounds, and a further turn of the user where the second calls no tools. */
	static List<Message> rounds(AssistantMessage first, AssistantMessage second) {
		List<Message> messages = round(first);
		messages.addAll(round(second));
		if (second.toolCalls().isEmpty()) {
			messages.add(UserMessage.of("Go on"));
		}
		return messages;
	}

	/** The body of the request that sends a conversation on. */
	byte[] encode(String provider, List<Message> messages, boolean stream) {
		RequestOptions options = RequestOptions.defaults().withMaxOutputTokens(8000);
		options = reasons() ? options.withReasoning(Reasoning.effort(Reasoning.Level.HIGH))
				: options.withTemperature(0.3);
		CompletionRequest request = CompletionRequest.of(messages).withTools(tools(messages)).withOptions(options);
		Target target = new Target(provider, this.model, RequestOptions.defaults(), true, Limits.defaults());
		return protocol().encode(request, target, stream).body();
	}

	/** A tool for each name that was called. */
	private static List<ToolDefinition> tools(List<Message> messages) {
		Set<String> names = new LinkedHashSet<>();
		for (Message message : messages) {
			if (message instanceof AssistantMessage answer) {
				answer.toolCalls().stream().map(ToolCall::name).forEach(names::add);
			}
		}
		names.remove("");
		Map<String, Object> schema = new LinkedHashMap<>();
		schema.put("type", "object");
		return names.stream().map((name) -> ToolDefinition.of(name, "A tool", schema)).toList();
	}

	List<Violation> violations(byte[] body) {
		Map<String, String> headers = Map.of("authorization", "Bearer k", "anthropic-version", "2023-06-01");
		return RequestValidator.of(this.dialect).validate(this.path, headers, new String(body, StandardCharsets.UTF_8));
	}

	/** An answer as it stands in a body: the first, or the last. */
	static @Nullable JsonNode answerIn(byte[] body, boolean last) {
		JsonNode found = null;
		for (JsonNode message : JSON.readTree(body).path("messages")) {
			if (message.path("role").asString("").equals("assistant")) {
				found = (found == null || last) ? message : found;
			}
		}
		return found;
	}

}
