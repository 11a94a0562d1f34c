package io.nexus3.provider.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.nexus3.provider.ToolArguments;

/**
 * The arguments of a tool call as a JSON object, for sending the call back.
 * <p>
 * Arguments that are valid go back as the model wrote them. Arguments that are not a JSON
 * object are wrapped into one, as Anthropic recommends: vLLM, SGLang, llama.cpp and
 * Anthropic parse the arguments of past calls and refuse the whole conversation
 * otherwise, in every turn from then on; OpenAI takes any text. The model still sees what
 * it wrote.
 *
 * @see <a href=
 * "https://platform.claude.com/docs/en/agents-and-tools/tool-use/fine-grained-tool-streaming">Anthropic,
 * invalid JSON in tool responses</a>
 * @see <a href="https://github.com/vllm-project/vllm/issues/43995">vLLM issue 43995</a>
 * @since 0.1.0
 */
public final class ToolArgumentsJson {

	/** The name under which the raw text of invalid arguments is sent. */
	public static final String INVALID = "INVALID_JSON";

	private ToolArgumentsJson() {
	}

	/**
	 * The arguments as a JSON object.
	 * @param arguments the arguments
	 * @return the raw text where it is valid and not blank; else <code>{}</code>, the
	 * arguments serialised, or the raw text wrapped into an object
	 */
	public static String of(ToolArguments arguments) {
		String raw = arguments.raw();
		if (!arguments.valid()) {
			return serialise(Map.of(INVALID, (raw != null) ? raw : ""));
		}
		if (raw == null) {
			return serialise(arguments.asMap());
		}
		return raw.isBlank() ? "{}" : raw;
	}

	private static String serialise(Map<String, ?> object) {
		return new String(JsonBody.write((json) -> JsonBody.writeValue(json, object)), StandardCharsets.UTF_8);
	}

}
