package io.nexus3.provider.protocol.openai;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.AssistantPart;
import io.nexus3.provider.AudioPart;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.DocumentPart;
import io.nexus3.provider.ImagePart;
import io.nexus3.provider.Media;
import io.nexus3.provider.Message;
import io.nexus3.provider.Reasoning;
import io.nexus3.provider.Reasoning.Level;
import io.nexus3.provider.ReasoningPart;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.ResponseFormat;
import io.nexus3.provider.ResponseInfo;
import io.nexus3.provider.SystemMessage;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.ToolArguments;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.ToolChoice;
import io.nexus3.provider.ToolDefinition;
import io.nexus3.provider.ToolMessage;
import io.nexus3.provider.UserMessage;
import io.nexus3.provider.VendorJson;
import io.nexus3.provider.protocol.Target;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whole bodies, field by field, against bodies written by hand from the vendors'
 * documentation. Each test names the page.
 */
class GoldenOpenAiRequestTests {

	private static final RequestOptions NONE = RequestOptions.defaults();

	private static final Map<String, Object> CITY_SCHEMA = Map.of("type", "object", "properties",
			Map.of("city", Map.of("type", "string", "description", "Name of the city")), "required", List.of("city"),
			"additionalProperties", false);

	private static final ToolDefinition WEATHER = new ToolDefinition("get_weather", "The weather in a city now",
			CITY_SCHEMA, true);

	private static final ToolDefinition NOW = ToolDefinition.of("get_time", "The time now", Map.of());

	// page: https://platform.openai.com/docs/api-reference/chat/create
	@Test
	void plainChat() {
		CompletionRequest request = CompletionRequest
			.of(List.of(SystemMessage.of("Answer in one sentence."), UserMessage.of("Why is the sky blue?"),
					AssistantMessage.of("Air scatters blue light most."), UserMessage.of("And at sunset?")))
			.withOptions(NONE.withMaxOutputTokens(200)
				.withTemperature(0.2)
				.withTopP(0.95)
				.withStop(List.of("END"))
				.withSeed(7));
		golden("openai-plain-chat", OpenAiDialect.OPENAI, request, "gpt-4.1", false);
	}

	// page: https://platform.openai.com/docs/api-reference/chat/create (stream_options)
	@Test
	void plainStream() {
		golden("openai-plain-stream", OpenAiDialect.OPENAI, CompletionRequest.of("Why is the sky blue?"), "gpt-4.1",
				true);
	}

	// page: https://platform.openai.com/docs/guides/images-vision
	@Test
	void systemAndImages() {
		CompletionRequest request = CompletionRequest.of(List.of(SystemMessage.of("Describe what differs."),
				UserMessage.of(new TextPart("Before and after:"), ImagePart.of(Media.url("https://example.com/a.png")),
						new ImagePart(new Media.Bytes("image/jpeg", "/9j/4AAQSkZJRg=="), "high"))));
		golden("openai-images", OpenAiDialect.OPENAI, request, "gpt-4.1", false);
	}

	// page: https://developers.openai.com/api/docs/guides/file-inputs
	@Test
	void document() {
		CompletionRequest request = CompletionRequest.of(List
			.of(UserMessage.of(DocumentPart.of(new Media.Bytes("application/pdf", "JVBERi0xLjQ="), "contract.pdf"),
					new TextPart("When does it end?"))));
		golden("openai-document", OpenAiDialect.OPENAI, request, "gpt-4.1", false);
	}

	// page: https://platform.openai.com/docs/guides/audio
	@Test
	void audio() {
		CompletionRequest request = CompletionRequest.of(List.of(UserMessage.of(new TextPart("What is said here?"),
				new AudioPart(new Media.Bytes("audio/mpeg", "SUQzBAAAAAAA")))));
		golden("openai-audio", OpenAiDialect.OPENAI, request, "gpt-4o-audio-preview", false);
	}

	// page: https://platform.openai.com/docs/guides/function-calling
	@Test
	void toolsOverThreeRounds() {
		CompletionRequest request = CompletionRequest.of(threeRounds())
			.withTools(List.of(WEATHER, NOW))
			.withOptions(NONE.withToolChoice(ToolChoice.auto()).withParallelToolCalls(true));
		golden("openai-tools-three-rounds", OpenAiDialect.OPENAI, request, "gpt-4.1", true);
	}

	// page: https://platform.openai.com/docs/guides/function-calling (tool_choice)
	@Test
	void forcedTool() {
		CompletionRequest request = CompletionRequest.of("Weather in Oslo?")
			.withTools(List.of(WEATHER))
			.withOptions(NONE.withToolChoice(ToolChoice.named("get_weather")).withParallelToolCalls(false));
		golden("openai-forced-tool", OpenAiDialect.OPENAI, request, "gpt-4.1", false);
	}

	// page: https://platform.openai.com/docs/guides/reasoning
	@Test
	void reasoningEffort() {
		CompletionRequest request = CompletionRequest.of("Prove it.")
			.withOptions(NONE.withReasoning(Reasoning.effort(Level.MINIMAL)).withMaxOutputTokens(5000));
		golden("openai-reasoning", OpenAiDialect.OPENAI, request, "gpt-5", false);
	}

	// page: https://platform.openai.com/docs/guides/structured-outputs
	@Test
	void structuredOutput() {
		CompletionRequest request = CompletionRequest.of("Oslo lies in Norway.")
			.withOptions(NONE.withResponseFormat(ResponseFormat.jsonSchema("city", CITY_SCHEMA)));
		golden("openai-structured-output", OpenAiDialect.OPENAI, request, "gpt-4.1", false);
	}

	// page: https://openrouter.ai/docs/use-cases/reasoning-tokens (preserving reasoning)
	@Test
	void openRouterReasoningWithTools() {
		AssistantMessage answer = answer("openrouter",
				new ReasoningPart("The user wants the weather.", vendor("openrouter",
						"[{\"type\":\"reasoning.text\",\"text\":\"The user wants the weather.\",\"signature\":\"sig1\","
								+ "\"format\":\"anthropic-claude-v1\",\"index\":0}]")),
				new ReasoningPart("",
						vendor("openrouter", "[{\"type\":\"reasoning.encrypted\",\"data\":\"gAAAA\",\"index\":1}]")),
				call("toolu_1", "get_weather", "{\"city\":\"Oslo\"}"));
		CompletionRequest request = CompletionRequest
			.of(List.of(UserMessage.of("Weather in Oslo?"), answer, ToolMessage.of("toolu_1", "4 degrees, rain")))
			.withTools(List.of(WEATHER))
			.withOptions(NONE.withReasoning(Reasoning.budget(2000)).withMaxOutputTokens(4000));
		golden("openrouter-reasoning-tools", OpenAiDialect.OPENROUTER, request, "anthropic/claude-sonnet-4.5", true);
	}

	// page: https://openrouter.ai/docs/guides/routing/provider-selection
	// page: https://openrouter.ai/docs/guides/routing/model-fallbacks
	// page: https://openrouter.ai/docs/guides/features/message-transforms
	@Test
	void openRouterRouting() {
		Map<String, Object> routing = new LinkedHashMap<>();
		routing.put("models", List.of("anthropic/claude-sonnet-4.5", "openai/gpt-4.1"));
		routing.put("provider", Map.of("order", List.of("anthropic", "amazon-bedrock"), "allow_fallbacks", false));
		routing.put("transforms", List.of("middle-out"));
		CompletionRequest request = CompletionRequest.of("Hello").withOptions(NONE.withExtraBody(routing));
		golden("openrouter-routing", OpenAiDialect.OPENROUTER, request, "anthropic/claude-sonnet-4.5", false);
	}

	// page: https://openrouter.ai/docs/features/prompt-caching
	@Test
	void openRouterPromptCaching() {
		CompletionRequest request = CompletionRequest
			.of(List.of(SystemMessage.of("You know this long book by heart."), UserMessage.of("Who is the captain?")))
			.withOptions(NONE.withReasoning(Reasoning.effort(Level.LOW)));
		golden("openrouter-prompt-caching", OpenAiDialect.OPENROUTER, request,
				EncodedBody.caching("openrouter", "anthropic/claude-sonnet-4.5"), false);
	}

	// page: https://openrouter.ai/docs/features/multimodal/pdfs
	@Test
	void openRouterDocumentByUrl() {
		CompletionRequest request = CompletionRequest
			.of(List.of(UserMessage.of(new TextPart("What does it say?"),
					DocumentPart.of(Media.url("https://example.com/paper.pdf"), "paper.pdf"))))
			.withOptions(NONE.withExtraBody(
					Map.of("plugins", List.of(Map.of("id", "file-parser", "pdf", Map.of("engine", "native"))))));
		golden("openrouter-document-url", OpenAiDialect.OPENROUTER, request, "google/gemini-2.5-flash", false);
	}

	// page: https://learn.microsoft.com/azure/ai-services/openai/reference
	@Test
	void azureDeployment() {
		CompletionRequest request = CompletionRequest.of("Hello")
			.withTools(List.of(NOW))
			.withOptions(NONE.withMaxOutputTokens(800).withReasoning(Reasoning.effort(Level.LOW)));
		golden("azure-deployment", OpenAiDialect.AZURE, request, "my-deployment", true);
	}

	// page: https://learn.microsoft.com/azure/ai-services/openai/reference (2024-02-01)
	@Test
	void azureOldApiVersion() {
		CompletionRequest request = CompletionRequest.of("Hello")
			.withTools(List.of(WEATHER))
			.withOptions(NONE.withMaxOutputTokens(800)
				.withToolChoice(ToolChoice.auto())
				.withParallelToolCalls(true)
				.withReasoning(Reasoning.effort(Level.LOW)));
		golden("azure-old-api-version", OpenAiDialect.AZURE_LEGACY, request, "my-deployment", true);
	}

	// page: https://learn.microsoft.com/azure/ai-foundry/openai/latest
	@Test
	void azureV1() {
		CompletionRequest request = CompletionRequest.of("Hello")
			.withOptions(NONE.withMaxOutputTokens(800).withReasoning(Reasoning.effort(Level.HIGH)));
		golden("azure-v1", OpenAiDialect.AZURE_V1, request, "my-deployment", true);
	}

	// page: https://docs.ollama.com/api/openai-compatibility
	@Test
	void ollama() {
		List<Message> messages = List.of(UserMessage.of("Weather in Oslo?"),
				answer("ollama", ReasoningPart.of("I need the tool."),
						call("call_1", "get_weather", "{\"city\":\"Oslo\"}")),
				ToolMessage.of("call_1", "4 degrees, rain"));
		CompletionRequest request = CompletionRequest.of(messages)
			.withTools(List.of(WEATHER))
			.withOptions(NONE.withMaxOutputTokens(300)
				.withParallelToolCalls(true)
				.withReasoning(Reasoning.effort(Level.MAX)));
		golden("ollama-reasoning-tools", OpenAiDialect.OLLAMA, request, "gpt-oss:20b", true);
	}

	// page: https://docs.vllm.ai/en/latest/features/reasoning_outputs/
	// page: https://docs.vllm.ai/en/latest/serving/openai_compatible_server/
	@Test
	void vllm() {
		List<Message> messages = List.of(UserMessage.of("Weather in Oslo?"),
				answer("vllm", ReasoningPart.of("I need the tool."),
						call("call_1", "get_weather", "{\"city\":\"Oslo\"}")),
				ToolMessage.of("call_1", "4 degrees, rain"));
		CompletionRequest request = CompletionRequest.of(messages)
			.withTools(List.of(WEATHER))
			.withOptions(NONE.withMaxOutputTokens(300)
				.withReasoning(Reasoning.effort(Level.MEDIUM))
				.withExtraBody(Map.of("top_k", 20, "chat_template_kwargs", Map.of("enable_thinking", true))));
		golden("vllm-reasoning-tools", OpenAiDialect.VLLM, request, "Qwen/Qwen3-8B", true);
	}

	// page: https://api-docs.deepseek.com/guides/thinking_mode
	@Test
	void compatibleServerThatWantsItsReasoningBack() {
		List<Message> messages = List.of(UserMessage.of("Weather in Oslo?"),
				answer("deepseek", ReasoningPart.of("I need the tool."),
						call("call_1", "get_weather", "{\"city\":\"Oslo\"}")),
				ToolMessage.of("call_1", "4 degrees, rain"),
				answer("deepseek", ReasoningPart.of("Easy."), new TextPart("It rains.")), UserMessage.of("Thanks"));
		CompletionRequest request = CompletionRequest.of(messages)
			.withTools(List.of(NOW))
			.withOptions(NONE.withExtraBody(Map.of("thinking", Map.of("type", "enabled"))));
		golden("compatible-reasoning-tools", OpenAiDialect.COMPATIBLE, request, "deepseek-chat", true);
	}

	private static void golden(String name, OpenAiDialect dialect, CompletionRequest request, String model,
			boolean stream) {
		String provider = name.startsWith("compatible") ? "deepseek" : name.substring(0, name.indexOf('-'));
		golden(name, dialect, request, EncodedBody.target(provider, model), stream);
	}

	private static void golden(String name, OpenAiDialect dialect, CompletionRequest request, Target target,
			boolean stream) {
		assertThat(EncodedBody.of(dialect, request, target, stream)).isEqualTo(EncodedBody.golden(name));
	}

	private static List<Message> threeRounds() {
		List<Message> messages = new ArrayList<>();
		messages.add(SystemMessage.of("Use the tools."));
		messages.add(UserMessage.of("Is it colder in Oslo or in Rome, and how late is it?"));
		messages.add(answer("openai", call("call_a", "get_weather", "{\"city\":\"Oslo\"}"),
				call("call_b", "get_weather", "{\"city\":\"Rome\"}")));
		messages.add(ToolMessage.of("call_a", "4 degrees"));
		messages.add(ToolMessage.of("call_b", "{\"degrees\":18}"));
		messages.add(answer("openai", new TextPart("Now the time."), call("call_c", "get_time", "{}")));
		messages
			.add(ToolMessage.error(ToolCall.of("call_c", "get_time", ToolArguments.of(Map.of())), "clock is broken"));
		messages.add(answer("openai", call("call_d", "get_time", "")));
		messages.add(ToolMessage.of("call_d", "12:30"));
		return messages;
	}

	private static AssistantMessage answer(String provider, AssistantPart... parts) {
		return new AssistantMessage(List.of(parts), null, null, new ResponseInfo(provider, null, null, null, Map.of()));
	}

	private static ToolCall call(String id, String name, String raw) {
		return ToolCall.of(id, name, ToolArguments.valid(Map.of(), raw));
	}

	private static VendorJson vendor(String provider, String json) {
		return new VendorJson(new VendorJson.Origin("openai", provider), json);
	}

}
