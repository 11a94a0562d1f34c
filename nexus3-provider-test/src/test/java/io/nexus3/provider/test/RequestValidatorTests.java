package io.nexus3.provider.test;

import java.util.List;
import java.util.Map;

import io.nexus3.provider.test.format.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules of the servers that speak chat completions.
 */
class RequestValidatorTests {

	private static final String USER = "{'role':'user','content':'Hi'}";

	private static final String LONG_ID = "chatcmpl-tool-0123456789abcdef0123456789abcdef";

	private static List<Violation> violations(Dialect dialect, String path, String body) {
		return RequestValidator.of(dialect)
			.validate(path, Map.of("Authorization", "Bearer k"), body.replace('\'', '"'));
	}

	private static List<String> messages(Dialect dialect, String model, String fields, String... messages) {
		String path = (dialect == Dialect.AZURE) ? "/openai/v1/chat/completions" : "/v1/chat/completions";
		String body = "{'model':'%s',%s'messages':[%s]}".formatted(model, fields.isEmpty() ? "" : fields + ",",
				String.join(",", messages));
		return violations(dialect, path, body).stream().map((violation) -> violation.error().message()).toList();
	}

	private static String calling(String id, String arguments) {
		return "{'role':'assistant','content':null,'tool_calls':[{'id':'%s','type':'function','function':{'name':'a','arguments':'%s'}}]}"
			.formatted(id, arguments);
	}

	private static String result(String id) {
		return "{'role':'tool','tool_call_id':'%s','content':'r'}".formatted(id);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ANTHROPIC")
	void nothingIsWrongWithARoundOfToolCalls(Dialect dialect) {
		assertThat(messages(dialect, "m", "", USER, calling("c1", "{}"), result("c1"))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '^',
			textBlock = """
					o3-mini     | 'max_tokens':5                         | Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.
					gpt-5-mini  | 'max_tokens':5                         | Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.
					o1          | 'temperature':0.2                      | Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.
					gpt-5       | 'top_p':0.2                            | Unsupported value: 'top_p' does not support 0.2 with this model. Only the default (1) value is supported.
					gpt-5.1     | 'temperature':0,'reasoning_effort':'low' | Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.
					gpt-5-nano  | 'logprobs':true                        | Unsupported parameter: 'logprobs' is not supported with this model.
					gpt-4o-mini | 'reasoning_effort':'low'               | Unrecognized request argument supplied: reasoning_effort
					gpt-4o      | 'tool_choice':'auto'                   | Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.
					gpt-4o      | 'parallel_tool_calls':true             | Invalid value for 'parallel_tool_calls': 'parallel_tool_calls' is only allowed when 'tools' are specified.
					gpt-4o      | 'tools':[{'type':'function','function':{'name':'a'}}],'tool_choice':'any' | Invalid value: 'any'. Supported values are: 'none', 'auto', and 'required'.
					gpt-4o      | 'tools':[{'type':'function','function':{'name':'a'}}],'tool_choice':{'type':'function','function':{'name':'b'}} | Tool choice 'b' not found in 'tools' parameter.
					gpt-4o      | 'tools':[{'type':'web'}]               | Invalid value: 'web'. Supported values are: 'function' and 'custom'.""")
	void openAiRefusesAField(String model, String fields, String message) {
		assertThat(messages(Dialect.OPENAI, model, fields, USER)).first().isEqualTo(message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
			gpt-4o              | 'max_tokens':5,'temperature':0
			gpt-5-chat-latest   | 'max_tokens':5,'temperature':0
			gpt-5.2             | 'temperature':0,'reasoning_effort':'none'
			o4-mini             | 'max_completion_tokens':5,'temperature':1,'reasoning_effort':'low'""")
	void openAiTakesWhatAModelKnows(String model, String fields) {
		assertThat(messages(Dialect.OPENAI, model, fields, USER)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '^',
			textBlock = """
					{'role':'assistant','content':'a','reasoning_content':'r'} | Unknown parameter: 'messages[1].reasoning_content'.
					{'role':'assistant','content':'a','reasoning_details':[]}  | Unknown parameter: 'messages[1].reasoning_details'.
					{'role':'assistant','content':'a','tool_calls':[]}         | Invalid 'messages[1].tool_calls': empty array. Expected an array with minimum length 1, but got an empty array instead.
					{'role':'assistant','content':[{'type':'thinking'}]}       | Invalid value: 'thinking'. Supported values are: 'refusal', 'text'.
					{'role':'assistant','content':null}                        | Invalid value for 'content': expected a string, got null.
					{'role':'user','content':[{'type':'image'}]}               | Invalid value: 'image'. Supported values are: 'file', 'image_url', 'input_audio', 'text'.
					{'role':'user','content':[{'type':'text'}]}                | Missing required parameter: 'messages[1].content[0].text'.
					{'role':'system','content':[{'type':'text','text':'a','cache_control':{}},{'type':'image_url'}]} | Invalid value: 'image_url'. Supported values are: 'text'.""")
	void openAiRefusesAMessage(String message, String expected) {
		assertThat(messages(Dialect.OPENAI, "gpt-4o", "", USER, message)).containsExactly(expected);
	}

	@Test
	void openAiTakesARefusalInPlaceOfContent() {
		String refusal = "{'role':'assistant','content':null,'refusal':'No'}";
		assertThat(messages(Dialect.OPENAI, "gpt-4o", "", USER, refusal, USER)).isEmpty();
		assertThat(messages(Dialect.OLLAMA, "llama", "", USER, refusal, USER)).hasSize(1);
	}

	@Test
	void openAiRefusesIdsOfMoreThanFortyCharacters() {
		assertThat(messages(Dialect.OPENAI, "gpt-4o", "", USER, calling(LONG_ID, "{}"), result(LONG_ID)))
			.containsExactly(
					"Invalid 'messages[1].tool_calls[0].id': string too long. Expected a string with maximum length 40, but got a string with length 46 instead.",
					"Invalid 'messages[2].tool_call_id': string too long. Expected a string with maximum length 40, but got a string with length 46 instead.");
		assertThat(messages(Dialect.VLLM, "qwen", "", USER, calling(LONG_ID, "{}"), result(LONG_ID))).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "OLLAMA", "VLLM" })
	void argumentsMustBeAnObjectWhereTheyAreRead(Dialect dialect) {
		assertThat(messages(dialect, "m", "", USER, calling("c1", "{oops"), result("c1")))
			.containsExactly("invalid tool call arguments");
		assertThat(messages(Dialect.OPENAI, "m", "", USER, calling("c1", "{oops"), result("c1"))).isEmpty();
	}

	@Test
	void allViolationsAreTold() {
		assertThat(messages(Dialect.OPENAI, "", "'made_up':1", USER, calling("c1", "{}"), USER, result("c1")))
			.containsExactly("you must provide a model parameter", "Unknown parameter: 'made_up'.",
					"An assistant message with 'tool_calls' must be followed by tool messages responding to each "
							+ "'tool_call_id'. The following tool_call_ids did not have response messages: c1",
					"Invalid parameter: messages with role 'tool' must be a response to a preceeding message with "
							+ "'tool_calls'.");
	}

	@ParameterizedTest
	@CsvSource({ "2024-02-01,1", "2024-08-01-preview,1", "2024-09-01-preview,0", "2024-10-21,0", "preview,0" })
	void anOldVersionOfAzureRefusesNewerFields(String version, int expected) {
		String path = "/openai/deployments/d/chat/completions?api-version=" + version;
		assertThat(violations(Dialect.AZURE, path,
				"{'stream':true,'stream_options':{'include_usage':true},'messages':[" + USER + "]}"))
			.hasSize(expected);
	}

	@Test
	void azureHasNothingWithoutAVersion() {
		List<Violation> violations = violations(Dialect.AZURE, "/openai/deployments/d/chat/completions", "{}");
		assertThat(violations).singleElement()
			.satisfies((violation) -> assertThat(violation.error().status()).isEqualTo(404));
	}

	@ParameterizedTest
	@CsvSource({ "OPENAI,1", "OPENROUTER,1", "OLLAMA,0", "VLLM,0" })
	void aKeyIsNeededWhereTheVendorAsksForOne(Dialect dialect, int expected) {
		List<Violation> violations = RequestValidator.of(dialect)
			.validate("/v1/chat/completions", Map.of(),
					"{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
		assertThat(violations).hasSize(expected)
			.allSatisfy((violation) -> assertThat(violation.error().status()).isEqualTo(401));
	}

	@Test
	void aViolationTellsStatusMessageAndPage() {
		assertThat(violations(Dialect.OPENAI, "/v1/chat/completions", "{'model':'m'}")).singleElement()
			.hasToString("400 Missing required parameter: 'messages'. (see "
					+ "https://platform.openai.com/docs/api-reference/chat/create)");
	}

}
