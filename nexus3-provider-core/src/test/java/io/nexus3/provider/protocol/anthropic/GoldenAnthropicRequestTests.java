package io.nexus3.provider.protocol.anthropic;

import java.util.List;
import java.util.Map;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.DocumentPart;
import io.nexus3.provider.ImagePart;
import io.nexus3.provider.Media;
import io.nexus3.provider.OpaquePart;
import io.nexus3.provider.Reasoning;
import io.nexus3.provider.Reasoning.Level;
import io.nexus3.provider.ReasoningPart;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.ResponseFormat;
import io.nexus3.provider.SystemMessage;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.ToolChoice;
import io.nexus3.provider.ToolDefinition;
import io.nexus3.provider.ToolMessage;
import io.nexus3.provider.UserMessage;
import org.junit.jupiter.api.Test;

import static io.nexus3.provider.protocol.anthropic.AnthropicBody.answer;
import static io.nexus3.provider.protocol.anthropic.AnthropicBody.call;
import static io.nexus3.provider.protocol.anthropic.AnthropicBody.own;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whole bodies, field by field, against bodies written by hand from the vendor's
 * documentation. Each test names the page.
 */
class GoldenAnthropicRequestTests {

	private static final RequestOptions NONE = RequestOptions.defaults();

	private static final Map<String, Object> CITY_SCHEMA = Map.of("type", "object", "properties",
			Map.of("city", Map.of("type", "string", "description", "Name of the city")), "required", List.of("city"),
			"additionalProperties", false);

	private static final ToolDefinition WEATHER = new ToolDefinition("get_weather", "The weather in a city now",
			CITY_SCHEMA, true);

	private static final ToolDefinition NOW = ToolDefinition.of("get_time", "The time now", Map.of());

	private static final String SIGNATURE = "EqQBCgIYAhIM1gbcDa9GJwZA2b3h";

	// page: https://platform.claude.com/docs/en/api/messages
	@Test
	void plainChat() {
		CompletionRequest request = CompletionRequest
			.of(List.of(SystemMessage.of("Answer in one sentence."), UserMessage.of("Why is the sky blue?"),
					AssistantMessage.of("Air scatters blue light most."), UserMessage.of("And at sunset?")))
			.withOptions(NONE.withMaxOutputTokens(200).withTemperature(0.2).withStop(List.of("END")).withSeed(7));
		golden("plain-chat", request, false);
	}

	// page: https://platform.claude.com/docs/en/build-with-claude/streaming
	@Test
	void plainStream() {
		golden("plain-stream", CompletionRequest.of("Why is the sky blue?"), true);
	}

	// page: https://platform.claude.com/docs/en/api/messages (system)
	@Test
	void systemInTheMiddle() {
		golden("system-in-the-middle",
				CompletionRequest.of(List.of(SystemMessage.of("You are a guide."), UserMessage.of("Hello"),
						AssistantMessage.of("Welcome!"), SystemMessage.of("The user is a child."),
						UserMessage.of("What is a volcano?"))),
				false);
	}

	// page:
	// https://platform.claude.com/docs/en/agents-and-tools/tool-use/parallel-tool-use
	@Test
	void toolsOverThreeRounds() {
		CompletionRequest request = CompletionRequest
			.of(List.of(SystemMessage.of("Use the tools."),
					UserMessage.of("Is it colder in Oslo or in Rome, and how late is it?"),
					answer(call("toolu_a", "get_weather", "{\"city\":\"Oslo\"}"),
							call("toolu_b", "get_weather", "{\"city\":\"Rome\"}")),
					ToolMessage.of("toolu_a", "4 degrees"), ToolMessage.of("toolu_b", "{\"degrees\":18}"),
					answer(new TextPart("Now the time."), call("toolu_c", "get_time", "{}")),
					ToolMessage.error(call("toolu_c", "get_time", "{}"), "clock is broken"),
					answer(call("toolu_d", "get_time", "")), ToolMessage.of("toolu_d", "12:30")))
			.withTools(List.of(WEATHER, NOW))
			.withOptions(NONE.withToolChoice(ToolChoice.auto()).withParallelToolCalls(true));
		golden("tools-three-rounds", request, true);
	}

	// page: https://platform.claude.com/docs/en/agents-and-tools/tool-use/define-tools
	@Test
	void forcedTool() {
		CompletionRequest request = CompletionRequest.of("Weather in Oslo?")
			.withTools(List.of(WEATHER))
			.withOptions(NONE.withToolChoice(ToolChoice.named("get_weather")).withParallelToolCalls(false));
		golden("forced-tool", request, false);
	}

	// page: https://platform.claude.com/docs/en/build-with-claude/extended-thinking
	@Test
	void thinkingByBudgetWithReplay() {
		AssistantMessage answer = answer(
				new ReasoningPart("The user wants the weather.",
						own("{\"type\":\"thinking\",\"thinking\":\"The user wants the weather.\",\"signature\":\""
								+ SIGNATURE + "\"}")),
				new ReasoningPart("", own("{\"type\":\"redacted_thinking\",\"data\":\"EmwKAhgBEgy3va3pzix\"}")),
				new TextPart("I shall look."), call("toolu_01", "get_weather", "{\"city\":\"Oslo\"}"));
		CompletionRequest request = CompletionRequest
			.of(List.of(UserMessage.of("Weather in Oslo?"), answer, ToolMessage.of("toolu_01", "4 degrees, rain")))
			.withTools(List.of(WEATHER))
			.withOptions(NONE.withReasoning(Reasoning.budget(10_000)).withMaxOutputTokens(16_000).withTemperature(0.5));
		golden("thinking-budget-replay", request, true);
	}

	// page: https://platform.claude.com/docs/en/build-with-claude/adaptive-thinking
	// page: https://platform.claude.com/docs/en/build-with-claude/effort
	@Test
	void adaptiveThinkingWithReplay() {
		AssistantMessage answer = answer(
				new ReasoningPart("",
						own("{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"" + SIGNATURE + "\"}")),
				call("toolu_01", "get_weather", "{\"city\":\"Oslo\"}"));
		CompletionRequest request = CompletionRequest
			.of(List.of(UserMessage.of("Weather in Oslo?"), answer, ToolMessage.of("toolu_01", "4 degrees, rain")))
			.withTools(List.of(WEATHER))
			.withOptions(NONE.withReasoning(Reasoning.effort(Level.HIGH)).withTemperature(0.5).withTopP(0.9));
		golden("thinking-adaptive-replay", "claude-opus-4-7", request, true);
	}

	// page: https://platform.claude.com/docs/en/build-with-claude/pdf-support
	// page: https://platform.claude.com/docs/en/build-with-claude/vision
	@Test
	void documentsAndImages() {
		CompletionRequest request = CompletionRequest.of(List
			.of(UserMessage.of(DocumentPart.of(new Media.Bytes("application/pdf", "JVBERi0xLjQ="), "contract.pdf"),
					new DocumentPart(Media.url("https://example.com/annex.pdf"), null),
					ImagePart.of(new Media.Bytes("image/jpeg", "/9j/4AAQSkZJRg==")),
					ImagePart.of(Media.url("https://example.com/a.png")), new TextPart("When does it end?"))));
		golden("documents", request, false);
	}

	// page: https://platform.claude.com/docs/en/build-with-claude/citations
	@Test
	void documentsWithCitations() {
		CompletionRequest request = CompletionRequest.of(List.of(UserMessage.of(
				DocumentPart.of(new Media.Bytes("text/plain", "VGhlIGdyYXNzIGlzIGdyZWVuLg=="), "garden.txt")
					.withCitations(),
				DocumentPart.of(new Media.Bytes("application/pdf", "JVBERi0xLjQ="), "contract.pdf").withCitations(),
				new TextPart("What colour is the grass?"))));
		golden("documents-citations", request, true);
	}

	// page: https://platform.claude.com/docs/en/build-with-claude/structured-outputs
	@Test
	void structuredOutput() {
		CompletionRequest request = CompletionRequest.of("Oslo lies in Norway.")
			.withOptions(NONE.withResponseFormat(ResponseFormat.jsonSchema("city", CITY_SCHEMA)));
		golden("structured-output", request, false);
	}

	// page: https://platform.claude.com/docs/en/build-with-claude/prompt-caching
	@Test
	void promptCaching() {
		CompletionRequest request = CompletionRequest.of(List.of(SystemMessage.of("You know this long book by heart."),
				UserMessage.of("Who is the captain?"), AssistantMessage.of("Ahab."), UserMessage.of("And the whale?")));
		assertThat(AnthropicBody.of(request, AnthropicBody.caching(AnthropicBody.MODEL), false))
			.isEqualTo(AnthropicBody.golden("prompt-caching"));
	}

	// page: https://platform.claude.com/docs/en/agents-and-tools/tool-use/web-search-tool
	// page: https://platform.claude.com/docs/en/build-with-claude/citations
	@Test
	void serverToolsWithReplay() {
		AssistantMessage answer = answer(
				opaque("server_tool_use",
						"{'type':'server_tool_use','id':'srvtoolu_1','name':'web_search','input':{'query':'news'}}"),
				opaque("web_search_tool_result",
						"{'type':'web_search_tool_result','tool_use_id':'srvtoolu_1','content':"
								+ "[{'type':'web_search_result','title':'N','url':'https://example.com',"
								+ "'encrypted_content':'EqgfCioI'}]}"),
				new TextPart("It rains.", opaque("text",
						"{'type':'text','text':'It rains.','citations':[{'type':'web_search_result_location',"
								+ "'cited_text':'rain','encrypted_index':'Eo8BCioI','title':'N','url':'https://example.com'}]}")
					.vendorJson()));
		CompletionRequest request = CompletionRequest
			.of(List.of(UserMessage.of("What is new?"), answer, UserMessage.of("Go on")))
			.withOptions(NONE.withExtraBody(Map.of("tools",
					List.of(Map.of("type", "web_search_20250305", "name", "web_search", "max_uses", 3)))));
		golden("server-tools-replay", request, false);
	}

	private static void golden(String name, CompletionRequest request, boolean stream) {
		golden(name, AnthropicBody.MODEL, request, stream);
	}

	private static void golden(String name, String model, CompletionRequest request, boolean stream) {
		assertThat(AnthropicBody.of(request, AnthropicBody.target(model), stream))
			.isEqualTo(AnthropicBody.golden(name));
	}

	private static OpaquePart opaque(String type, String json) {
		return new OpaquePart(type, own(json.replace('\'', '"')));
	}

}
