package io.nexus3.provider.test.anthropic;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import io.nexus3.provider.test.anthropic.MessageReply.Thought;
import io.nexus3.provider.test.format.ApiError;
import io.nexus3.provider.test.format.ChatService;
import io.nexus3.provider.test.format.EventStream;
import io.nexus3.provider.test.format.FormatRequest;
import io.nexus3.provider.test.format.Violation;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.model.Answer;
import io.nexus3.provider.test.model.Pace;
import io.nexus3.provider.test.model.Prompt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Answers messages requests as Anthropic would, with a simulated model behind it. The
 * limit on tokens counts the text alone. Safe for use by any thread if the model is.
 */
final class Messages implements ChatService {

	private static final long REQUESTS = 4000;

	private static final long TOKENS = 2_000_000;

	private final Function<Prompt, Answer> model;

	private final Pace pace;

	private final Clock clock;

	private final Signatures signatures = new Signatures();

	private final PromptCache cache = new PromptCache();

	private final AtomicLong numbers = new AtomicLong();

	Messages(Function<Prompt, Answer> model, Pace pace, Clock clock) {
		this.model = model;
		this.pace = pace;
		this.clock = clock;
	}

	@Override
	public ScriptedResponse answer(FormatRequest request) {
		return answer(request, this.model, this.pace);
	}

	@Override
	public ScriptedResponse answer(FormatRequest request, Function<Prompt, Answer> answering, Pace tempo) {
		List<Violation> violations = RequestRules.check(request, this.signatures);
		if (!violations.isEmpty()) {
			return error(violations.get(0).error());
		}
		MessageReply reply = reply(request.body(), answering);
		ScriptedResponse response;
		if (request.body().path("stream").asBoolean(false)) {
			response = EventStream.of(new EventWriter(reply, wantsFinePieces(request)).write(), tempo,
					EventWriter::isToken);
			response = response.withHeader("Content-Type", "text/event-stream; charset=utf-8");
		}
		else {
			response = ScriptedResponse.json(200, MessageJson.message(reply).toString());
			if (!tempo.whole(reply.outputTokens()).isZero()) {
				response = response.withHeadAfter(tempo.whole(reply.outputTokens()));
			}
		}
		return withLimits(response.withHeader("request-id", id("req_")), REQUESTS - 1);
	}

	@Override
	public ScriptedResponse error(ApiError error) {
		String id = id("req_");
		ScriptedResponse response = ScriptedResponse.json(error.status(), ErrorTypes.envelope(error, id).toString())
			.withHeader("request-id", id);
		return (error.status() == 429) ? withLimits(response, 0) : response;
	}

	@Override
	public String errorEvent(ApiError error, String model) {
		return EventWriter.event("error", ErrorTypes.envelope(error, id("req_")));
	}

	/** The limits of the account, of which all but requests are never reached. */
	private ScriptedResponse withLimits(ScriptedResponse response, long requests) {
		return withLimit(withLimit(
				withLimit(withLimit(response, "requests", REQUESTS, requests), "input-tokens", TOKENS, TOKENS),
				"output-tokens", TOKENS, TOKENS), "tokens", 2 * TOKENS, 2 * TOKENS);
	}

	/** What was taken is free again within a second. */
	private ScriptedResponse withLimit(ScriptedResponse response, String what, long limit, long remaining) {
		Instant reset = this.clock.instant().plusSeconds(1).truncatedTo(ChronoUnit.SECONDS);
		return response.withHeader("anthropic-ratelimit-" + what + "-limit", String.valueOf(limit))
			.withHeader("anthropic-ratelimit-" + what + "-remaining", String.valueOf(remaining))
			.withHeader("anthropic-ratelimit-" + what + "-reset", reset.toString());
	}

	private MessageReply reply(JsonNode body, Function<Prompt, Answer> answering) {
		String id = id("msg_");
		boolean thinks = thinks(body);
		Answer whole = answering.apply(PromptReader.read(body, thinks));
		String stopSequence = firstOf(body.path("stop_sequences"), whole.text());
		Answer stopped = (stopSequence != null) ? whole.withStop(List.of(stopSequence)) : whole;
		Answer answer = stopped.withAtMost(body.path("max_tokens").asInt());
		List<String> callIds = new ArrayList<>();
		answer.calls().forEach((call) -> callIds.add(id("toolu_")));
		Thought thought = thinks ? thought(id, answer.reasoning(), body) : null;
		return new MessageReply(id, body.path("model").asString(""), answer, thought, callIds,
				answer.cut() ? null : stopSequence, this.cache.count(body));
	}

	static boolean thinks(JsonNode body) {
		String form = body.path("thinking").path("type").asString("");
		return form.isEmpty() ? ModelTraits.of(body.path("model").asString("")).thinksUnasked()
				: !form.equals("disabled");
	}

	private Thought thought(String id, String text, JsonNode body) {
		JsonNode messages = body.path("messages");
		if (messages.path(messages.size() - 1).toString().contains(Anthropic.REDACTED_THINKING)) {
			return new Thought("", this.signatures.redact(id), true);
		}
		boolean budget = ModelTraits.of(body.path("model").asString("")).takesBudget();
		String display = body.path("thinking").path("display").asString(budget ? "summarized" : "omitted");
		String shown = display.equals("omitted") ? "" : text;
		return new Thought(shown, this.signatures.sign(id, shown), false);
	}

	private static @Nullable String firstOf(JsonNode sequences, String text) {
		String first = null;
		int start = Integer.MAX_VALUE;
		for (JsonNode sequence : sequences) {
			int found = text.indexOf(sequence.asString(""));
			if (found >= 0 && found < start) {
				start = found;
				first = sequence.asString("");
			}
		}
		return first;
	}

	private static boolean wantsFinePieces(FormatRequest request) {
		String beta = request.header("anthropic-beta");
		return (beta != null && beta.contains("fine-grained-tool-streaming")) || request.body()
			.path("tools")
			.valueStream()
			.anyMatch((tool) -> tool.path("eager_input_streaming").asBoolean(false));
	}

	private String id(String prefix) {
		return "%ssim%016d".formatted(prefix, this.numbers.incrementAndGet());
	}

}
