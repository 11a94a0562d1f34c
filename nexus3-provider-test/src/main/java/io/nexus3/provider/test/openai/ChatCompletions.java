package io.nexus3.provider.test.openai;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import io.nexus3.provider.test.http.BodyStep;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.model.Answer;
import io.nexus3.provider.test.model.Pace;
import io.nexus3.provider.test.model.Prompt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers chat completions requests as one kind of server would, with a simulated model
 * behind it. Safe for use by any thread if the model is.
 *
 * @since 0.1.0
 */
public final class ChatCompletions {

	private static final int CHARACTERS_PER_TOKEN = 4;

	private final Habits habits;

	private final Function<Prompt, Answer> model;

	private final Pace pace;

	private final Clock clock;

	private final AtomicLong numbers = new AtomicLong();

	/**
	 * Sets up a server's behaviour.
	 * @param habits what is peculiar to the server
	 * @param model what gives the answers
	 * @param pace how fast the answers come
	 * @param clock for the time at which an answer says it was made
	 */
	public ChatCompletions(Habits habits, Function<Prompt, Answer> model, Pace pace, Clock clock) {
		this.habits = habits;
		this.model = model;
		this.pace = pace;
		this.clock = clock;
	}

	/**
	 * Answers a request.
	 * @param body the request body; not an object if it was not JSON
	 * @param modelInPath the model that the address names, or {@code null}
	 * @return the whole answer: a stream with one write an event, one JSON body, or the
	 * refusal that the server would send
	 */
	public ScriptedResponse answer(JsonNode body, @Nullable String modelInPath) {
		ApiError refusal = RequestRules.check(body, this.habits, modelInPath);
		if (refusal != null) {
			return error(refusal);
		}
		Reply reply = reply(body, (modelInPath != null) ? modelInPath : body.path("model").asString(""));
		return identified(
				body.path("stream").asBoolean(false) ? stream(reply, body.path("stream_options")) : complete(reply),
				reply.id());
	}

	private ScriptedResponse stream(Reply reply, JsonNode options) {
		List<BodyStep> steps = new ArrayList<>();
		Duration pause = this.pace.firstToken();
		for (String event : new ChunkWriter(this.habits, reply, options).write()) {
			boolean comment = event.startsWith(":");
			if (!comment && !pause.isZero()) {
				steps.add(new BodyStep.Pause(pause));
			}
			steps.add(new BodyStep.Write(event.getBytes(StandardCharsets.UTF_8)));
			pause = comment ? pause : this.pace.perToken();
		}
		return ScriptedResponse.sse().withHeader("Content-Type", this.habits.names().streamType()).withBody(steps);
	}

	private ScriptedResponse complete(Reply reply) {
		ScriptedResponse response = ScriptedResponse.json(200, CompletionWriter.write(this.habits, reply).toString());
		Duration whole = this.pace.whole(reply.tokens().answer() + reply.tokens().reasoning());
		return whole.isZero() ? response : response.withHeadAfter(whole);
	}

	/**
	 * Puts an error into the server's envelope.
	 * @param error the error
	 * @return the answer
	 */
	public ScriptedResponse error(ApiError error) {
		return identified(ScriptedResponse.json(error.status(), this.habits.errors().envelope(error).toString()),
				id(this.habits.names().id()));
	}

	/**
	 * Writes an error as the server tells it within a stream that began well.
	 * @param error the error
	 * @param model the model of the stream
	 * @return the event with its blank line
	 */
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

	private Reply reply(JsonNode body, String modelId) {
		Prompt prompt = PromptReader.read(body, modelId);
		JsonNode newLimit = body.path("max_completion_tokens");
		JsonNode limit = newLimit.isNumber() ? newLimit : body.path("max_tokens");
		Answer answer = this.model.apply(prompt)
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
