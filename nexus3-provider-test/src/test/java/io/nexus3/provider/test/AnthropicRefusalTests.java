package io.nexus3.provider.test;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import io.nexus3.provider.test.format.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Anthropic's dialect refuses, in the words of the vendor.
 */
class AnthropicRefusalTests {

	private static final Map<String, String> HEADERS = Map.of("X-Api-Key", "k", "Anthropic-Version", "2023-06-01");

	private static final String USER = "{'role':'user','content':'Hi'}";

	private static final String CALL = "{'role':'assistant','content':[{'type':'tool_use','id':'t1','name':'a','input':{}}]}";

	private static final String RESULT = "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t1','content':'r'}]}";

	private static String body(String model, String messages) {
		return "{\"model\":\"%s\",\"max_tokens\":2000,\"messages\":%s}".formatted(model, json(messages));
	}

	/** JSON with apostrophes in place of quotation marks. */
	private static String json(String text) {
		return text.replace('\'', '"');
	}

	private static String merged(String body, String fields) {
		ObjectNode node = (ObjectNode) ChatClient.MAPPER.readTree(body);
		((ObjectNode) ChatClient.MAPPER.readTree(json(fields))).properties()
			.forEach((field) -> set(node, field.getKey(), field.getValue()));
		return node.toString();
	}

	private static void set(ObjectNode node, String name, JsonNode value) {
		if (value.isNull()) {
			node.remove(name);
		}
		else {
			node.set(name, value);
		}
	}

	private static List<String> violations(String body) {
		return violations(HEADERS, body);
	}

	private static List<String> violations(Map<String, String> headers, String body) {
		return RequestValidator.of(Dialect.ANTHROPIC)
			.validate("/v1/messages", headers, body)
			.stream()
			.map((violation) -> violation.error().message())
			.toList();
	}

	private static List<String> messages(String... messages) {
		return violations(body("claude-sonnet-4-5", "[" + String.join(",", messages) + "]"));
	}

	@Test
	void nothingIsWrongWithARoundOfToolCalls() {
		assertThat(messages(USER, CALL, RESULT)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '^',
			textBlock = """
					{'max_tokens':null}                            | max_tokens: Field required
					{'max_tokens':'5'}                             | max_tokens: Input should be a valid integer
					{'max_tokens':0}                               | max_tokens: Input should be greater than or equal to 1
					{'model':null}                                 | model: Field required
					{'messages':null}                              | messages: Field required
					{'messages':[]}                                | messages: at least one message is required
					{'seed':1}                                     | seed: Extra inputs are not permitted
					{'stop_sequences':[' ']}                       | stop_sequences: each stop sequence must contain non-whitespace
					{'temperature':1.5}                            | temperature: range: 0..1
					{'temperature':0.5,'top_p':0.5}                | `temperature` and `top_p` cannot both be specified for this model. Please use only one.
					{'system':[{'type':'text','text':''}]}         | system: text content blocks must be non-empty
					{'thinking':{'type':'on'}}                     | thinking: Input tag 'on' found using 'type' does not match any of the expected tags: 'adaptive', 'disabled', 'enabled'
					{'thinking':{'type':'enabled'}}                | thinking.enabled.budget_tokens: Field required
					{'thinking':{'type':'enabled','budget_tokens':1023}} | thinking.enabled.budget_tokens: Input should be greater than or equal to 1024
					{'thinking':{'type':'enabled','budget_tokens':2000}} | `max_tokens` must be greater than `thinking.budget_tokens`.
					{'thinking':{'type':'adaptive'}}               | adaptive thinking is not supported on this model
					{'thinking':{'type':'enabled','budget_tokens':1024},'temperature':0.5} | `temperature` may only be set to 1 when thinking is enabled or in adaptive mode.
					{'thinking':{'type':'enabled','budget_tokens':1024},'top_p':0.5} | `top_p` must be greater than or equal to 0.95 or unset when thinking is enabled or in adaptive mode.
					{'thinking':{'type':'disabled','budget_tokens':1024}} | thinking.disabled.budget_tokens: Extra inputs are not permitted
					{'output_config':{'effort':'high'}}            | This model does not support the effort parameter.
					{'output_config':{'effort':'huge'}}            | output_config.effort: Input should be 'low', 'medium', 'high', 'xhigh' or 'max'
					{'tools':[{'name':'a b','input_schema':{'type':'object'}}]} | tools.0.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'
					{'tools':[{'name':'a'}]}                       | tools.0.custom.input_schema: Field required
					{'tools':[{'name':'a','input_schema':{}}]}     | tools.0.custom.input_schema.type: Field required
					{'tools':[{'name':'a','parameters':{},'input_schema':{'type':'object'}}]} | tools.0.custom.parameters: Extra inputs are not permitted
					{'tools':[{'name':'a','input_schema':{'type':'object'}},{'name':'a','input_schema':{'type':'object'}}]} | tools: Tool names must be unique.
					{'tool_choice':'auto'}                         | tool_choice: Input should be an object
					{'tool_choice':{'type':'auto'}}                | tool_choice may only be specified while providing tools
					{'tool_choice':{'type':'required'}}            | tool_choice: Input tag 'required' found using 'type' does not match any of the expected tags: 'any', 'auto', 'none', 'tool'
					{'tool_choice':{'type':'none','disable_parallel_tool_use':true}} | tool_choice.none.disable_parallel_tool_use: Extra inputs are not permitted
					{'tools':[{'name':'a','input_schema':{'type':'object'}}],'tool_choice':{'type':'tool','name':'b'}} | Tool 'b' not found in provided tools
					{'tools':[{'name':'a','input_schema':{'type':'object'}}],'tool_choice':{'type':'any'},'thinking':{'type':'enabled','budget_tokens':1024}} | Thinking may not be enabled when tool_choice forces tool use.""")
	void aFieldOfTheBodyIsRefused(String fields, String message) {
		assertThat(violations(merged(body("claude-sonnet-4-5", "[" + USER + "]"), fields))).containsExactly(message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '^',
			textBlock = """
					claude-3-5-haiku-20241022 | {'thinking':{'type':'enabled','budget_tokens':1024}} | 'claude-3-5-haiku-20241022' does not support thinking.
					claude-opus-4-7           | {'thinking':{'type':'enabled','budget_tokens':1024}} | "thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.
					claude-fable-5            | {'thinking':{'type':'disabled'}}                     | "thinking.type.disabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.
					claude-opus-4-7           | {'temperature':0.5}                                  | `temperature` is deprecated for this model.
					claude-sonnet-5           | {'top_p':0.5}                                        | `top_p` is deprecated for this model.
					claude-opus-4-6           | {'output_config':{'effort':'xhigh'}}                 | This model does not support effort level 'xhigh'.
					claude-opus-4-6           | {'messages':[{'role':'user','content':'Hi'},{'role':'assistant','content':'So'}]} | This model does not support assistant message prefill. The conversation must end with a user message.""")
	void aModelRefusesWhatItsGenerationDoesNotKnow(String model, String fields, String message) {
		assertThat(violations(merged(body(model, "[" + USER + "]"), fields))).containsExactly(message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '^',
			textBlock = """
					claude-opus-4-6  | {'thinking':{'type':'adaptive'},'output_config':{'effort':'max'}}
					claude-opus-4-6  | {'thinking':{'type':'enabled','budget_tokens':1024}}
					claude-opus-4-8  | {'thinking':{'type':'adaptive','display':'summarized'},'output_config':{'effort':'xhigh'}}
					claude-sonnet-5  | {'thinking':{'type':'disabled'}}
					claude-haiku-4-5 | {'thinking':{'type':'enabled','budget_tokens':1999},'temperature':1}""")
	void aModelTakesWhatItsGenerationKnows(String model, String fields) {
		assertThat(violations(merged(body(model, "[" + USER + "]"), fields))).isEmpty();
	}

	@Test
	void theFirstMessageIsTheUsers() {
		assertThat(messages("{'role':'assistant','content':'Hi'}", USER))
			.containsExactly("messages: first message must use the \"user\" role");
	}

	@Test
	void theSystemIsNoRoleOfAMessage() {
		assertThat(messages("{'role':'system','content':'Be brief'}", USER))
			.containsExactly("messages: Unexpected role \"system\". The Messages API accepts a top-level `system` "
					+ "parameter, not \"system\" as an input message role.");
	}

	@Test
	void anUnknownRoleIsRefused() {
		assertThat(messages(USER, "{'role':'tool','content':'r'}"))
			.containsExactly("messages: Unexpected role \"tool\". Allowed roles are \"user\" or \"assistant\".");
	}

	@Test
	void aResultNeedsItsCallInTheMessageBefore() {
		assertThat(messages(USER, "{'role':'assistant','content':'So'}", RESULT)).containsExactly(
				"messages.2.content.0: unexpected `tool_use_id` found in `tool_result` blocks: t1. Each `tool_result` "
						+ "block must have a corresponding `tool_use` block in the previous message.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'role':'user','content':'Never mind'}",
			"{'role':'user','content':[{'type':'text','text':'Here'},{'type':'tool_result','tool_use_id':'t1'}]}" })
	void aCallNeedsItsResultAtTheStartOfTheNextMessage(String next) {
		assertThat(messages(USER, CALL, next)).containsExactly(
				"messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: t1. Each "
						+ "`tool_use` block must have a corresponding `tool_result` block in the next message.");
	}

	@Test
	void aCallAtTheEndNeedsItsResultToo() {
		assertThat(messages(USER, CALL)).singleElement()
			.asString()
			.startsWith("messages.1: `tool_use` ids were found without");
	}

	@Test
	void aCallHasOneResult() {
		assertThat(messages(USER, CALL,
				"{'role':'user','content':[{'type':'tool_result','tool_use_id':'t1'},{'type':'tool_result','tool_use_id':'t1'}]}"))
			.containsExactly("messages.2.content.1: each tool_use must have a single result. Found multiple "
					+ "`tool_result` blocks with id: t1");
	}

	@Test
	void anIdIsUsedOnce() {
		assertThat(messages(USER, CALL, RESULT, CALL, RESULT))
			.containsExactly("messages: `tool_use` ids must be unique");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '^',
			textBlock = """
					{'type':'text','text':''}        | messages: text content blocks must be non-empty
					{'type':'text','text':' '}       | messages: text content blocks must contain non-whitespace text
					{'type':'text','text':'a','x':1} | messages.0.content.0.text.x: Extra inputs are not permitted
					{'type':'image','source':{'type':'path'}} | messages.0.content.0.image.source: Input tag 'path' found using 'type' does not match any of the expected tags: 'base64', 'content', 'file', 'text', 'url'
					{'type':'thinking','thinking':'a','signature':'s'} | messages.0: `thinking` blocks can only be in `assistant` messages""")
	void aBlockOfTheUserIsRefused(String block, String message) {
		assertThat(messages("{'role':'user','content':[" + block + "]}")).containsExactly(message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '^',
			textBlock = """
					{'type':'thinking','thinking':'a'}                     | messages.1.content.0.thinking.signature: Field required
					{'type':'thinking','thinking':'a','signature':''}      | messages.1.content.0: Invalid `signature` in `thinking` block
					{'type':'thinking','signature':'s'}                    | messages.1.content.0.thinking.thinking: Field required
					{'type':'redacted_thinking'}                           | messages.1.content.0.redacted_thinking.data: Field required
					{'type':'image','source':{'type':'url','url':'u'}}     | messages.1: `image` blocks can only be in `user` messages
					{'type':'web_search_tool_result','tool_use_id':'s1','content':[]} | messages.1.content.0: unexpected `tool_use_id` found in `web_search_tool_result` blocks: s1. Each `web_search_tool_result` block must have a corresponding `server_tool_use` block before it.""")
	void aBlockOfTheAssistantIsRefused(String block, String message) {
		assertThat(messages(USER, "{'role':'assistant','content':[" + block + ",{'type':'text','text':'So'}]}", USER))
			.containsExactly(message);
	}

	@Test
	void aBlockOfUnknownTypeIsRefused() {
		assertThat(messages("{'role':'user','content':[{'type':'image_url'}]}")).singleElement()
			.asString()
			.startsWith("messages.0.content.0: Input tag 'image_url' found using 'type' does not match");
	}

	@Test
	void aCallNeedsAnIdANameAndAnObject() {
		assertThat(messages(USER,
				"{'role':'assistant','content':[{'type':'tool_use','id':'functions.a:0','name':'a b','input':'{}'}]}",
				"{'role':'user','content':[{'type':'tool_result','tool_use_id':'functions.a:0'}]}"))
			.containsExactly("messages.1.content.0.tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'",
					"messages.1.content.0.tool_use.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'",
					"messages.1.content.0.tool_use.input: Input should be a valid dictionary",
					"messages.2.content.0.tool_result.tool_use_id: String should match pattern '^[a-zA-Z0-9_-]+$'");
	}

	@Test
	void aMessageHasNoFieldsButRoleAndContent() {
		assertThat(messages("{'role':'user','content':'Hi','name':'Ann'}"))
			.containsExactly("messages.0.name: Extra inputs are not permitted");
	}

	@Test
	void emptyContentIsRefused() {
		assertThat(messages("{'role':'user','content':[]}")).containsExactly(
				"messages.0: all messages must have non-empty content except for the optional final assistant message");
	}

	@Test
	void thePrefilledAnswerDoesNotEndWithWhiteSpace() {
		assertThat(messages(USER, "{'role':'assistant','content':'So '}"))
			.containsExactly("messages: final assistant content cannot end with trailing whitespace");
	}

	@Test
	void aRoundOfToolCallsThatThinksBeganWithThinking() {
		String body = merged(body("claude-sonnet-4-5", "[" + USER + "," + CALL + "," + RESULT + "]"),
				"{'thinking':{'type':'enabled','budget_tokens':1024}}");
		assertThat(violations(body)).singleElement()
			.asString()
			.startsWith("messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`.");
	}

	@Test
	void anAnswerThatThinksIsNotPrefilled() {
		String body = merged(body("claude-sonnet-4-5", "[" + USER + ",{'role':'assistant','content':'So'}]"),
				"{'thinking':{'type':'enabled','budget_tokens':1024}}");
		assertThat(violations(body)).singleElement()
			.asString()
			.startsWith("messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `text`.");
	}

	@Test
	void adaptiveThinkingAsksForNoThinkingBefore() {
		String body = merged(body("claude-opus-4-6", "[" + USER + "," + CALL + "," + RESULT + "]"),
				"{'thinking':{'type':'adaptive'}}");
		assertThat(violations(body)).isEmpty();
	}

	@Test
	void aBudgetAboveTheLimitIsForInterleavedThinking() {
		Map<String, String> headers = Map.of("x-api-key", "k", "anthropic-version", "2023-06-01", "anthropic-beta",
				"interleaved-thinking-2025-05-14");
		String body = merged(body("claude-sonnet-4-5", "[" + USER + "]"),
				"{'thinking':{'type':'enabled','budget_tokens':9000}}");
		assertThat(violations(headers, body)).isEmpty();
	}

	@Test
	void moreThanFourMarksAreRefused() {
		String block = "{'type':'text','text':'a','cache_control':{'type':'ephemeral'}}";
		assertThat(messages("{'role':'user','content':[" + (block + ",").repeat(3) + block + "]}")).isEmpty();
		assertThat(messages("{'role':'user','content':[" + (block + ",").repeat(4) + block + "]}"))
			.containsExactly("A maximum of 4 blocks with cache_control may be provided. Found 5.");
	}

	@Test
	void aMarkOfAnotherFormIsRefused() {
		assertThat(messages(
				"{'role':'user','content':[{'type':'text','text':'a','cache_control':{'type':'ephemeral','ttl':'2h'}}]}"))
			.containsExactly("cache_control.ephemeral.ttl: Input should be '5m' or '1h'");
	}

	@Test
	void aKeyAndAVersionAreNeeded() {
		assertThat(violations(Map.of(), body("claude-sonnet-4-5", "[" + USER + "]")))
			.containsExactly("x-api-key header is required", "anthropic-version: header is required");
		assertThat(violations(Map.of("authorization", "Bearer k", "anthropic-version", "2030-01-01"),
				body("claude-sonnet-4-5", "[" + USER + "]")))
			.containsExactly("anthropic-version: \"2030-01-01\" is not a valid version");
	}

	@Test
	void aBodyThatIsNoJsonIsRefused() {
		assertThat(violations("{oops")).containsExactly("The request body is not valid JSON");
	}

	@Test
	void everyViolationNamesAPageOfTheVendor() {
		List<Violation> violations = RequestValidator.of(Dialect.ANTHROPIC)
			.validate("/v1/messages", Map.of(), "{\"seed\":1,\"messages\":[{\"role\":\"x\"}]}");
		assertThat(violations).hasSizeGreaterThan(4)
			.allMatch((violation) -> violation.page().startsWith("https://platform.claude.com/docs/en/"));
	}

	@Test
	void theServerAnswersWithTheFirstViolation() throws Exception {
		try (SimulatedProvider provider = SimulatedProvider.start(Dialect.ANTHROPIC)) {
			HttpResponse<String> response = ChatClient.of(provider).send("{\"model\":\"m\",\"seed\":1}");
			assertThat(response.statusCode()).isEqualTo(400);
			assertThat(response.body()).startsWith("{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\","
					+ "\"message\":\"seed: Extra inputs are not permitted\"},\"request_id\":\"req_");
		}
	}

	@Test
	void theServerAnswersNobodyWithoutAKey() throws Exception {
		try (SimulatedProvider provider = SimulatedProvider.start(Dialect.ANTHROPIC)) {
			HttpResponse<String> response = ChatClient.of(provider, "anthropic-version", "2023-06-01").send("{}");
			assertThat(response.statusCode()).isEqualTo(401);
			assertThat(response.body()).contains("\"authentication_error\"", "x-api-key header is required");
		}
	}

	@Test
	void theServerRefusesAnotherKeyAndAnotherModel() throws Exception {
		try (SimulatedProvider provider = SimulatedProvider.builder()
			.dialect(Dialect.ANTHROPIC)
			.requireApiKey("right")
			.models("claude-sonnet-4-5")
			.start()) {
			assertThat(ChatClient.of(provider).send("{}").body()).contains("invalid x-api-key");
			HttpResponse<String> response = ChatClient
				.of(provider, "x-api-key", "right", "anthropic-version", "2023-06-01")
				.send("{\"model\":\"claude-9\"}");
			assertThat(response.statusCode()).isEqualTo(404);
			assertThat(response.body()).contains("\"not_found_error\",\"message\":\"model: claude-9\"");
		}
	}

}
