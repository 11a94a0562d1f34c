package io.nexus3.provider.test;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;

import io.nexus3.provider.test.http.ReceivedRequest;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.model.Answer;
import io.nexus3.provider.test.model.Pace;
import io.nexus3.provider.test.model.Prompt;
import io.nexus3.provider.test.openai.ApiError;
import io.nexus3.provider.test.openai.ChatCompletions;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * The HTTP side of one simulated server: key, address and script, before chat completions
 * get to see a request. Safe for use by any thread.
 */
final class ChatEndpoint {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static final String BEARER = "Bearer ";

	private final Settings settings;

	private final ChatCompletions completions;

	private final AnswerScript script = new AnswerScript();

	ChatEndpoint(Settings settings) {
		this.settings = settings;
		this.completions = new ChatCompletions(settings.dialect().habits(), settings.model(), settings.pace(),
				Clock.systemUTC());
	}

	Dialect dialect() {
		return this.settings.dialect();
	}

	ChatCompletions completions() {
		return this.completions;
	}

	AnswerScript script() {
		return this.script;
	}

	ChatCall decode(ReceivedRequest request) {
		return new ChatCall(request, dialect(), body(request));
	}

	private static JsonNode body(ReceivedRequest request) {
		try {
			return MAPPER.readTree(new String(request.body(), StandardCharsets.UTF_8));
		}
		catch (JacksonException ex) {
			return MissingNode.getInstance();
		}
	}

	/**
	 * Answers a request.
	 * @param request the request
	 * @param path its path below the address of this server
	 */
	ScriptedResponse handle(ReceivedRequest request, String path) {
		ChatCall call = decode(request);
		return this.script.answer(call, () -> usual(call, path));
	}

	private ScriptedResponse usual(ChatCall call, String path) {
		ApiError refusal = checkKey(call.request());
		if (refusal != null) {
			return this.completions.error(refusal);
		}
		Matcher address = dialect().chatPath().matcher(path);
		if (!address.matches()) {
			return this.completions.error(ApiError.of(404, "There is nothing at " + path));
		}
		String deployment = (address.groupCount() > 0) ? address.group(1) : null;
		if (deployment != null && !hasApiVersion(call.request())) {
			return this.completions.error(ApiError.of(404, "Resource not found"));
		}
		if (!call.request().method().equals("POST")) {
			return this.completions.error(ApiError.of(405, "Only POST is allowed here"));
		}
		String model = (deployment != null) ? deployment : call.model();
		if (!model.isEmpty() && !this.settings.models().isEmpty() && !this.settings.models().contains(model)) {
			return this.completions.error(dialect().habits().errors().unknownModel(model));
		}
		return this.completions.answer(call.body(), deployment);
	}

	private static boolean hasApiVersion(ReceivedRequest request) {
		String query = request.query();
		return query != null && query.contains("api-version=");
	}

	private @Nullable ApiError checkKey(ReceivedRequest request) {
		String expected = this.settings.apiKey();
		if (expected == null) {
			return null;
		}
		String sent = bearer(request);
		if (sent == null) {
			// Azure has a header of its own, and takes a bearer token besides.
			String header = dialect().habits().keyHeader();
			sent = header.equals("Authorization") ? null : request.header(header);
		}
		return expected.equals(sent) ? null : dialect().habits().errors().unauthorized(sent);
	}

	private static @Nullable String bearer(ReceivedRequest request) {
		String value = request.header("Authorization");
		return (value != null && value.startsWith(BEARER)) ? value.substring(BEARER.length()) : null;
	}

	/**
	 * How a server is set up.
	 *
	 * @param dialect which server it is
	 * @param pace how fast it answers
	 * @param apiKey the key that must be sent, or {@code null} if none is asked for
	 * @param models the models or deployments it has; empty for any
	 * @param model what gives the answers
	 */
	record Settings(Dialect dialect, Pace pace, @Nullable String apiKey, Set<String> models,
			Function<Prompt, Answer> model) {
	}

}
