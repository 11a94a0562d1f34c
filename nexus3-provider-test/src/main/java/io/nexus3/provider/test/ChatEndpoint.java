package io.nexus3.provider.test;

import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.nexus3.provider.test.format.ApiError;
import io.nexus3.provider.test.format.ChatService;
import io.nexus3.provider.test.format.FormatRequest;
import io.nexus3.provider.test.http.ReceivedRequest;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.model.Answer;
import io.nexus3.provider.test.model.Pace;
import io.nexus3.provider.test.model.Prompt;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP side of one simulated server: key, address and script, before the wire format
 * gets to see a request. Safe for use by any thread.
 */
final class ChatEndpoint {

	private final Settings settings;

	private final ChatService service;

	private final AnswerScript script = new AnswerScript();

	ChatEndpoint(Settings settings) {
		this.settings = settings;
		this.service = settings.dialect().vendor().serve(settings.model(), settings.pace(), Clock.systemUTC());
	}

	Dialect dialect() {
		return this.settings.dialect();
	}

	ChatService service() {
		return this.service;
	}

	AnswerScript script() {
		return this.script;
	}

	ChatCall decode(ReceivedRequest request) {
		return new ChatCall(request, dialect(), RequestValidator.parse(request.bodyText()));
	}

	/**
	 * Answers a request.
	 * @param request the request
	 * @param path its path below the address of this server
	 */
	ScriptedResponse handle(ReceivedRequest request, String path) {
		ChatCall call = decode(request);
		return this.script.answer(call, new EndpointVoice(call, path));
	}

	private ScriptedResponse answer(ChatCall call, String path, Function<Prompt, Answer> model, Pace pace) {
		ReceivedRequest received = call.request();
		FormatRequest request = RequestValidator.request(dialect(), path, received.query(), headers(received),
				call.body());
		ApiError refusal = refusal(request, received, path);
		return (refusal != null) ? this.service.error(refusal) : this.service.answer(request, model, pace);
	}

	private @Nullable ApiError refusal(FormatRequest request, ReceivedRequest received, String path) {
		String expected = this.settings.apiKey();
		String sent = request.key(dialect().vendor().keyHeader().toLowerCase(Locale.ROOT));
		if (expected != null && !expected.equals(sent)) {
			return dialect().vendor().unauthorized(sent);
		}
		ApiError nowhere = dialect().addressError(path, received.query());
		if (nowhere != null) {
			return nowhere;
		}
		if (!received.method().equals("POST")) {
			return ApiError.of(405, "Only POST is allowed here");
		}
		String model = request.model();
		boolean served = model.isEmpty() || this.settings.models().isEmpty() || this.settings.models().contains(model);
		return served ? null : dialect().vendor().unknownModel(model);
	}

	private static Map<String, String> headers(ReceivedRequest request) {
		Map<String, String> first = new HashMap<>();
		request.headers().forEach((name, values) -> first.put(name, values.get(0)));
		return first;
	}

	/**
	 * Speaks for this server to one request.
	 */
	private final class EndpointVoice implements Voice {

		private final ChatCall call;

		private final String path;

		EndpointVoice(ChatCall call, String path) {
			this.call = call;
			this.path = path;
		}

		@Override
		public Function<Prompt, Answer> model() {
			return ChatEndpoint.this.settings.model();
		}

		@Override
		public Pace pace() {
			return ChatEndpoint.this.settings.pace();
		}

		@Override
		public ScriptedResponse answer(Function<Prompt, Answer> model, Pace pace) {
			return ChatEndpoint.this.answer(this.call, this.path, model, pace);
		}

		@Override
		public ScriptedResponse error(ApiError error) {
			return ChatEndpoint.this.service.error(error);
		}

		@Override
		public String errorEvent(ApiError error) {
			return ChatEndpoint.this.service.errorEvent(error, this.call.prompt().model());
		}

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
