package io.nexus3.provider.test.openai;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import io.nexus3.provider.test.format.ApiError;
import io.nexus3.provider.test.format.ChatService;
import io.nexus3.provider.test.format.EventStream;
import io.nexus3.provider.test.format.FormatRequest;
import io.nexus3.provider.test.format.Violation;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.model.Answer;
import io.nexus3.provider.test.model.Pace;
import io.nexus3.provider.test.model.Prompt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers chat completions requests as one kind of server would, with a simulated model
 * behind it. Safe for use by any thread if the model is.
 */
final class ChatCompletions implements ChatService {

	private static final int CHARACTERS_PER_TOKEN = 4;

	private final Habits habits;

	private final Function<Prompt, Answer> model;

	private final Pace pace;

	private final Clock clock;

	private final AtomicLong numbers = new AtomicLong();

	ChatCompletions(Habits habits, Function<Prompt, Answer> model, Pace pace, Clock clock) {
		this.habits = habits;
		this.model = model;
		this.pace = pace;
		this.clock = clock;
	}

	/** A missing key is no reason here: a server asks for one only if it was told to. */
	@Override
	public ScriptedResponse answer(FormatRequest request) {
		return answer(request, this.model, this.pace);
	}

	@Override
	public ScriptedResponse answer(FormatRequest request, Function<Prompt, Answer> answering, Pace tempo) {
		List<Violation> violations = RequestRules.check(this.habits, request);
		if (!violations.isEmpty()) {
			return error(violations.get(0).error());
		}
		JsonNode body = request.body();
		Reply reply = reply(body, request.model(), answering);
		return identified(body.path("stream").asBoolean(false) ? stream(reply, body.path("stream_options"), tempo)
				: complete(reply, tempo), reply.id());
	}

	private ScriptedResponse stream(Reply reply, JsonNode options, Pace tempo) {
		List<String> events = new ChunkWriter(this.habits, reply, options).write();
		return EventStream.of(events, tempo, (event) -> !event.startsWith(":"))
			.withHeader("Content-Type", this.habits.names().streamType());
	}

	private ScriptedResponse complete(Reply reply, Pace tempo) {
		ScriptedResponse response = ScriptedResponse.json(200, CompletionWriter.write(this.habits, reply).toString());
		Duration whole = tempo.whole(reply.tokens().answer() + reply.tokens().reasoning());
		return whole.isZero() ? response : response.withHeadAfter(whole);
	}

	@Override
	public ScriptedResponse error(ApiError error) {
		return identified(ScriptedResponse.json(error.status(), this.habits.errors().envelope(error).toString()),
				id(this.habits.names().id()));
	}

	@Override
	public String errorEvent(ApiError error, String model) {
		Reply reply = new Reply(id(this.habits.names().id()), this.clock.instant().getEpochSecond(), model,
				Answer.text(""), List.of(), new Reply.Tokens(0, 0, 0), false);
		ObjectNode chunk = new WireParts(this.habits, reply).envelope("chat.completion.chunk");
		return "data: " + this.habits.errors().event(error, chunk) + "\n\n";
	}

	private ScriptedResponse identified(ScriptedResponse response, String id) {
		Habits.RequestId requestId = this.habits.names().requestId();
		if (requestId == null) {
			return response;
		}
		return response.withHeader(requestId.header(),
				requestId.prefix() + id.substring(this.habits.names().id().length()));
	}

	private Reply reply(JsonNode body, String modelId, Function<Prompt, Answer> answering) {
		Prompt prompt = PromptReader.read(body, modelId);
		JsonNode newLimit = body.path("max_completion_tokens");
		JsonNode limit = newLimit.isNumber() ? newLimit : body.path("max_tokens");
		Answer answer = answering.apply(prompt)
			.withStop(stops(body.path("stop")))
			.withAtMost(limit.isNumber() ? limit.asInt() : Integer.MAX_VALUE);
		List<String> callIds = new ArrayList<>();
		answer.calls().forEach((call) -> callIds.add(id(this.habits.names().call())));
		boolean shown = !body.path("reasoning").path("exclude").asBoolean(false);
		return new Reply(id(this.habits.names().id()), this.clock.instant().getEpochSecond(), modelId, answer, callIds,
				tokens(body, answer), shown);
	}

	private static List<String> stops(JsonNode stop) {
		return stop.isArray() ? stop.valueStream().map((sequence) -> sequence.asString("")).toList()
				: List.of(stop.asString(""));
	}

	private static Reply.Tokens tokens(JsonNode body, Answer answer) {
		int calls = answer.calls()
			.stream()
			.mapToInt((call) -> 1 + WireParts.pieces(call.arguments().toString()).size())
			.sum();
		return new Reply.Tokens(1 + body.path("messages").toString().length() / CHARACTERS_PER_TOKEN,
				Answer.tokens(answer.text()).size() + calls, Answer.tokens(answer.reasoning()).size());
	}

	private String id(String prefix) {
		return "%s%016d".formatted(prefix, this.numbers.incrementAndGet());
	}

}
