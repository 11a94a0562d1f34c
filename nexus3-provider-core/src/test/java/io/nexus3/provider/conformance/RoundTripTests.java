package io.nexus3.provider.conformance;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.Message;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.config.Limits;
import io.nexus3.provider.protocol.AnswerDecoder;
import io.nexus3.provider.protocol.Target;
import io.nexus3.provider.test.Dialect;
import io.nexus3.provider.transport.sse.SseDecoder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every recorded answer goes on in a conversation: back where it came from, with all that
 * its vendor wants back as it was recorded; and to every other kind of provider, which
 * takes it.
 */
class RoundTripTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static final List<String> REASONING_FIELDS = List.of("reasoning", "reasoning_content", "reasoning_details");

	private static List<WireCase> cases = List.of();

	private final List<String> findings = new ArrayList<>();

	private final Map<String, WireCase> homes = new HashMap<>();

	@BeforeAll
	static void readCorpus() {
		Path folder = WireCase.folder();
		cases = WireCase.readAll(folder).stream().filter(WireCase::isComplete).toList();
		assertThat(cases).as("answers in " + folder).isNotEmpty();
	}

	@Test
	void everyAnswerGoesBackAsItCameAndOnToEveryOtherProvider() {
		int own = 0;
		int foreign = 0;
		for (WireCase wireCase : cases) {
			AssistantMessage answer = answer(wireCase);
			own += own(wireCase, answer);
			for (RoundTripTarget target : RoundTripTarget.FOREIGN) {
				foreign += foreign(wireCase, answer, target) + thereAndBack(wireCase, answer, target);
			}
		}
		this.findings.stream().distinct().forEach(System.out::println);
		System.out.printf("round trip: %d answers, %d own, %d foreign, %d violations%n", cases.size(), own, foreign,
				this.findings.size());
		assertThat(own).isGreaterThanOrEqualTo(cases.size());
		assertThat(this.findings).isEmpty();
	}

	@Test
	void anAlteredAnswerIsNoticed() {
		int noticed = 0;
		List<WireCase> secret = cases.stream()
			.filter((wireCase) -> !RecordedParts.of(wireCase).secrets().isEmpty() && !wireCase.isStream())
			.toList();
		for (WireCase wireCase : secret) {
			String body = new String(wireCase.body(), StandardCharsets.UTF_8);
			String secrets = RecordedParts.of(wireCase).secrets();
			String start = secrets.substring(0, Math.min(12, secrets.length()));
			WireCase altered = new WireCase(wireCase.name(), wireCase.meta(),
					body.replace(start, start.substring(1) + "x").getBytes(StandardCharsets.UTF_8),
					wireCase.expected());
			this.findings.clear();
			own(wireCase, answer(altered));
			noticed += this.findings.isEmpty() ? 0 : 1;
		}
		assertThat(noticed).isPositive().isEqualTo(secret.size());
	}

	private static AssistantMessage answer(WireCase wireCase) {
		RoundTripTarget origin = origin(wireCase);
		AnswerDecoder decoder = origin.protocol()
			.newDecoder(
					new Target(wireCase.name(), origin.model(), RequestOptions.defaults(), false, Limits.defaults()));
		String stray = null;
		if (wireCase.isStream() && wireCase.body()[0] != '{') {
			SseDecoder sse = new SseDecoder(Limits.defaults().sseEvent(), (frame) -> {
				decoder.frame(frame, (event) -> {
				});
				return !decoder.terminated();
			});
			sse.feed(wireCase.body(), 0, wireCase.body().length);
			sse.finish();
			stray = sse.strayErrorLine();
		}
		else {
			decoder.json(wireCase.body(), (event) -> {
			});
		}
		return decoder.finish(stray, (event) -> {
		});
	}

	/** The provider that an answer came from, with the model that gave it. */
	private static RoundTripTarget origin(WireCase wireCase) {
		String answered = wireCase.expected().path("model").asString("");
		String model = answered.isEmpty() ? "model" : answered;
		return switch (wireCase.type()) {
			case "anthropic" -> RoundTripTarget.anthropic(model);
			// Other makers' models on Azure take more than OpenAI's do.
			case "azure" -> new RoundTripTarget("azure", model, model.startsWith("gpt") ? Dialect.AZURE : Dialect.VLLM,
					model.startsWith("gpt") ? "/openai/v1/chat/completions" : "/v1/chat/completions",
					"https://h.example/openai/v1", null);
			case "openai-compatible" -> RoundTripTarget.chat("openai-compatible", model, Dialect.VLLM);
			default ->
				RoundTripTarget.chat(wireCase.type(), model, Dialect.valueOf(wireCase.type().toUpperCase(Locale.ROOT)));
		};
	}

	private int own(WireCase wireCase, AssistantMessage answer) {
		RoundTripTarget origin = origin(wireCase);
		int requests = 0;
		for (List<Message> messages : RoundTripTarget.conversations(answer)) {
			requests++;
			byte[] body = origin.encode(wireCase.name(), messages, wireCase.isStream());
			compare(wireCase, RoundTripTarget.answerIn(body, false));
			check(wireCase, origin, body);
		}
		return requests;
	}

	private void compare(WireCase wireCase, @Nullable JsonNode sent) {
		RecordedParts recorded = RecordedParts.of(wireCase);
		if (sent == null) {
			boolean nothing = recorded.blocks().stream().allMatch(RoundTripTests::isBlankText);
			same(wireCase, "nothing to send back", true, nothing && recorded.calls().isEmpty());
			return;
		}
		if (wireCase.format().equals("anthropic")) {
			compareBlocks(wireCase, recorded.blocks().stream().filter((block) -> !isBlankText(block)).toList(),
					sent.path("content").valueStream().toList());
			return;
		}
		same(wireCase, "signatures", recorded.secrets(), RecordedParts.secretsOf(sent));
		JsonNode calls = sent.path("tool_calls");
		same(wireCase, "number of calls", recorded.calls().size(), calls.size());
		for (int i = 0; i < Math.min(recorded.calls().size(), calls.size()); i++) {
			RecordedParts.Call call = recorded.calls().get(i);
			if (!call.id().isEmpty()) {
				same(wireCase, "id of a call", call.id(), calls.path(i).path("id").asString(""));
			}
			same(wireCase, "name of a call", call.name(), calls.path(i).at("/function/name").asString(""));
			compareArguments(wireCase, call.arguments(),
					JSON.readTree(calls.path(i).at("/function/arguments").asString("")));
		}
	}

	private void compareBlocks(WireCase wireCase, List<JsonNode> recorded, List<JsonNode> sent) {
		same(wireCase, "blocks", recorded.stream().map((block) -> block.path("type")).toList(),
				sent.stream().map((block) -> block.path("type")).toList());
		for (int i = 0; i < Math.min(recorded.size(), sent.size()); i++) {
			JsonNode block = recorded.get(i);
			if (block.path("type").asString("").equals("tool_use")) {
				same(wireCase, "id of a call", block.path("id"), sent.get(i).path("id"));
				same(wireCase, "name of a call", block.path("name"), sent.get(i).path("name"));
				compareArguments(wireCase, block.path("input"), sent.get(i).path("input"));
			}
			else if (block.path("type").asString("").equals("text")) {
				same(wireCase, "text", block.path("text"), sent.get(i).path("text"));
			}
			else if (!Agreement.sameJson(block, sent.get(i))) {
				find(wireCase, "block " + i + ": recorded " + block + " but sent " + sent.get(i));
			}
		}
	}

	/** What is no object cannot go back as it is. */
	private void compareArguments(WireCase wireCase, JsonNode recorded, JsonNode sent) {
		if (recorded.isObject() && !Agreement.sameJson(recorded, sent)) {
			find(wireCase, "arguments: recorded " + recorded + " but sent " + sent);
		}
	}

	private static boolean isBlankText(JsonNode block) {
		return block.path("type").asString("").equals("text") && block.path("text").asString("").isBlank();
	}

	private int foreign(WireCase wireCase, AssistantMessage answer, RoundTripTarget target) {
		int requests = 0;
		for (List<Message> messages : RoundTripTarget.conversations(answer)) {
			requests++;
			byte[] body = target.encode("another", messages, wireCase.isStream());
			check(wireCase, target, body);
			checkLeftOut(wireCase, target, body);
			if (!Arrays.equals(body, target.encode("another", messages, wireCase.isStream()))) {
				find(wireCase, target.name() + ": another time another body");
			}
		}
		return requests;
	}

	/**
	 * The answer comes twice, as from a server that counts its ids anew; and it stands
	 * before an answer of the provider that the conversation is with.
	 */
	private int thereAndBack(WireCase wireCase, AssistantMessage answer, RoundTripTarget target) {
		byte[] twice = target.encode("another", RoundTripTarget.rounds(answer, answer), false);
		check(wireCase, target, twice);
		WireCase home = this.homes.computeIfAbsent(target.type(), RoundTripTests::home);
		if (home.name().equals(wireCase.name())) {
			return 1;
		}
		byte[] body = target.encode(home.name(), RoundTripTarget.rounds(answer, answer(home)), false);
		check(wireCase, target.atHome(), body);
		if (!Objects.equals(RoundTripTarget.answerIn(body, false), RoundTripTarget.answerIn(body, true))) {
			checkLeftOut(wireCase, target, body);
		}
		compare(home, RoundTripTarget.answerIn(body, true));
		return 2;
	}

	/** An answer of a type that has tool calls, and reasoning to send back if it can. */
	private static WireCase home(String type) {
		List<WireCase> calling = cases.stream()
			.filter((wireCase) -> wireCase.type().equals(type) && !RecordedParts.of(wireCase).calls().isEmpty())
			.filter((wireCase) -> !type.equals("azure") || origin(wireCase).model().startsWith("gpt"))
			.toList();
		return calling.stream()
			.filter((wireCase) -> !RecordedParts.of(wireCase).secrets().isEmpty())
			.findFirst()
			.orElseGet(() -> calling.get(0));
	}

	private void check(WireCase wireCase, RoundTripTarget target, byte[] body) {
		target.violations(body).forEach((violation) -> find(wireCase, target.name() + ": " + violation));
	}

	/** Reasoning and whatever else only its origin understands. */
	private void checkLeftOut(WireCase wireCase, RoundTripTarget target, byte[] body) {
		JsonNode sent = RoundTripTarget.answerIn(body, false);
		if (sent == null) {
			return;
		}
		REASONING_FIELDS.stream()
			.filter(sent::has)
			.forEach((field) -> find(wireCase, target.name() + ": foreign " + field));
		for (JsonNode block : sent.path("content")) {
			String type = block.path("type").asString("");
			if (!type.equals("text") && !type.equals("tool_use")) {
				find(wireCase, target.name() + ": foreign block " + type);
			}
		}
		if (!RecordedParts.secretsOf(sent).isEmpty() || !sent.findValues("signature").isEmpty()) {
			find(wireCase, target.name() + ": foreign signature");
		}
	}

	private void same(WireCase wireCase, String what, Object recorded, Object sent) {
		if (!Objects.equals(recorded, sent)) {
			find(wireCase, what + ": recorded " + recorded + " but sent " + sent);
		}
	}

	private void find(WireCase wireCase, String finding) {
		this.findings
			.add(wireCase.name() + ": " + ((finding.length() > 400) ? finding.substring(0, 400) + "..." : finding));
	}

}
