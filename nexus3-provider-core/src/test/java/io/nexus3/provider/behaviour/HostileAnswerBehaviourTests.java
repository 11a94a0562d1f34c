package io.nexus3.provider.behaviour;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.nexus3.provider.behaviour.Answers.Answer;
import io.nexus3.provider.config.Limits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static io.nexus3.provider.behaviour.Answers.delta;
import static io.nexus3.provider.behaviour.Answers.finish;
import static io.nexus3.provider.behaviour.Answers.text;
import static io.nexus3.provider.behaviour.Answers.tool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Answers broken at random give a message or a typed error, soon, and nothing else.
 */
class HostileAnswerBehaviourTests {

	private static final String WARNINGS = "io.nexus3.provider.protocol";

	private static final int ROUNDS = 20_000;

	private static final String[] STREAMS = { Answers.framed(text("Hello"), text(" wörld"), finish("stop"), "[DONE]"),
			Answers.framed(delta(
					"\"reasoning\":\"a\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"a\",\"index\":0}]"),
					delta("\"reasoning_content\":\"b\",\"refusal\":\"c\""), text("Yes"), finish("length")),
			Answers.framed(tool(
					"\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"find\",\"arguments\":\"\"}"),
					tool("\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\":1}\"}"),
					tool("\"index\":1,\"id\":\"c2\",\"function\":{\"name\":\"read\",\"arguments\":{\"b\":[1,2.5e3,null]}}"),
					delta("\"function_call\":{\"name\":\"old\",\"arguments\":\"{}\"}"), finish("tool_calls"), "[DONE]"),
			Answers.framed(
					"{\"id\":\"r\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"provider\":\"p\",\"zebra\":{\"a\":[]},"
							+ "\"x_groq\":{\"usage\":{\"prompt_tokens\":1}},\"choices\":[{\"index\":1,\"delta\":{\"content\":\"b\"}},"
							+ "{\"index\":0,\"delta\":{\"content\":[{\"type\":\"text\",\"text\":\"t\"},{\"type\":\"thinking\","
							+ "\"thinking\":\"h\"}]},\"logprobs\":{\"content\":[]},\"finish_reason\":\"stop\"}]}",
					"{\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":7,\"total_tokens\":19,"
							+ "\"prompt_tokens_details\":{\"cached_tokens\":3},\"cost\":0.5,\"completion_tokens_details\":"
							+ "{\"reasoning_tokens\":2}}}",
					"[DONE]"),
			Answers.framed(text("He"),
					"{\"error\":{\"message\":\"m\",\"code\":429,\"status_code\":503,\"metadata\":{\"raw\":\"r\",\"provider_name\":\"p\"}}}"),
			"event: error\ndata: {\"error\":{\"type\":\"overloaded_error\",\"message\":\"m\"}}\n\n",
			"data: {\"object\":\"error\",\"message\":\"m\",\"code\":400}\n\nerror: {\"code\":500}\n\n" };

	private static final String[] ANSWERS = {
			"{\"id\":\"r\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hi\",\"reasoning\":\"h\",\"tool_calls\":[{\"id\":\"c\","
					+ "\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":[1]}\"}}]},\"finish_reason\":\"stop\"}],"
					+ "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}",
			"{\"model\":\"m\",\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"How are you doing on this fine day?\","
					+ "\"reasoning_content\":\"The user said hello, so I say hello.\"},\"finish_reason\":\"stop\"}]}",
			"{\"choices\":[{\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"Some words in a part.\"}],"
					+ "\"function_call\":{\"name\":\"f\",\"arguments\":\"{}\"}},\"finish_reason\":\"length\"}]}",
			"{\"error\":{\"message\":\"m\",\"type\":\"t\",\"code\":\"c\"}}", "{\"detail\":[{\"msg\":\"m\"}]}",
			"[{\"error\":{\"message\":\"m\"}}]" };

	private static final String[] PIECES = { "null", "true", "-1", "1e999", "1e-999", "99999999999999999999", "0.5",
			"\"\"", "\"x\"", "[]", "{}", "[null]", "[[", "}}", "{\"a\":", "\\u0000", "\\ud800", "\"", "\\", ",", ":",
			"\n", "\r\n\r\n", "data:", "event: error\n", "[DONE]", "\uFEFF", "NaN", "\"index\":-5,", "\"id\":\"c1\",",
			"\"error\":\"\"," };

	private int messages;

	private int errors;

	@BeforeAll
	static void silence() {
		((Logger) LoggerFactory.getLogger(WARNINGS)).setLevel(Level.OFF);
	}

	@AfterAll
	static void speak() {
		((Logger) LoggerFactory.getLogger(WARNINGS)).setLevel(null);
	}

	@Test
	@DisplayName("55: streams broken at random end in a message or a typed error")
	void brokenStreams() {
		Random random = new Random(20_240_901);
		for (int round = 0; round < ROUNDS; round++) {
			byte[] body = mutated(STREAMS[random.nextInt(STREAMS.length)], random);
			int pieceSize = 1 + random.nextInt(60);
			check(round, body, () -> Answers.sse(Limits.defaults(), body, pieceSize));
		}
		assertThat(this.messages).isGreaterThan(ROUNDS / 20);
		assertThat(this.errors).isGreaterThan(ROUNDS / 20);
	}

	@Test
	@DisplayName("55: whole answers broken at random end in a message or a typed error")
	void brokenAnswers() {
		Random random = new Random(20_240_902);
		for (int round = 0; round < ROUNDS; round++) {
			byte[] body = mutated(ANSWERS[random.nextInt(ANSWERS.length)], random);
			check(round, body, () -> Answers.json(body));
		}
		assertThat(this.messages).isGreaterThan(ROUNDS / 20);
		assertThat(this.errors).isGreaterThan(ROUNDS / 20);
	}

	@Test
	@DisplayName("25: error bodies broken at random give a typed error")
	void brokenErrorBodies() {
		Random random = new Random(20_240_903);
		for (int round = 0; round < ROUNDS; round++) {
			byte[] body = mutated(ANSWERS[random.nextInt(ANSWERS.length)], random);
			int status = 300 + random.nextInt(300);
			long start = System.nanoTime();
			assertThatCode(() -> assertThat(Answers.failure(status, body).status()).isEqualTo(status))
				.as("round %d: %s", round, new String(body, StandardCharsets.UTF_8))
				.doesNotThrowAnyException();
			assertSoon(round, start);
		}
	}

	private void check(int round, byte[] body, Supplier<Answer> reading) {
		long start = System.nanoTime();
		assertThatCode(() -> {
			Answer answer = reading.get();
			assertThat((answer.failure() == null) != (answer.whole() == null)).isTrue();
			this.messages += (answer.failure() == null) ? 1 : 0;
			this.errors += (answer.failure() != null) ? 1 : 0;
			assertThat(answer.partial().toolCalls()).noneMatch((call) -> call.arguments().valid());
		}).as("round %d: %s", round, new String(body, StandardCharsets.UTF_8)).doesNotThrowAnyException();
		assertSoon(round, start);
	}

	private static void assertSoon(int round, long start) {
		assertThat(System.nanoTime() - start).as("nanoseconds of round %d", round).isLessThan(1_000_000_000L);
	}

	private static byte[] mutated(String template, Random random) {
		byte[] bytes = template.getBytes(StandardCharsets.UTF_8);
		for (int i = 1 + random.nextInt(4); i > 0; i--) {
			int at = random.nextInt(bytes.length + 1);
			int to = Math.min(bytes.length, at + random.nextInt(12));
			bytes = switch (random.nextInt(6)) {
				case 0 -> joined(bytes, at, new byte[0], to);
				case 1 -> joined(bytes, at, PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8), at);
				case 2 -> joined(bytes, at, PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8), to);
				case 3 -> joined(bytes, at, new byte[] { (byte) random.nextInt(256) }, Math.min(bytes.length, at + 1));
				case 4 -> joined(bytes, at, Arrays.copyOfRange(bytes, at, to), at);
				default -> value(bytes, at, random);
			};
		}
		return bytes;
	}

	/** Puts another value in place of the one behind the next colon. */
	private static byte[] value(byte[] bytes, int at, Random random) {
		int from = at;
		while (from < bytes.length && bytes[from] != ':') {
			from++;
		}
		int to = Math.min(from + 1, bytes.length);
		while (to < bytes.length && ",}]".indexOf(bytes[to]) < 0) {
			to++;
		}
		return joined(bytes, Math.min(from + 1, bytes.length),
				PIECES[random.nextInt(12)].getBytes(StandardCharsets.UTF_8), to);
	}

	private static byte[] joined(byte[] bytes, int to, byte[] middle, int from) {
		byte[] joined = new byte[to + middle.length + bytes.length - from];
		System.arraycopy(bytes, 0, joined, 0, to);
		System.arraycopy(middle, 0, joined, to, middle.length);
		System.arraycopy(bytes, from, joined, to + middle.length, bytes.length - from);
		return joined;
	}

}
