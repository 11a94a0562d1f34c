package io.nexus3.provider.protocol.openai;

import java.nio.charset.StandardCharsets;

import io.nexus3.provider.VendorJson.Origin;
import io.nexus3.provider.protocol.EventCost;
import org.junit.jupiter.api.Test;

import static io.nexus3.provider.protocol.EventCost.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;

class OpenAiEventCostTests {

	private static final Origin ORIGIN = new Origin("openai", "bench");

	private final EventCost cost = new EventCost(
			(skeleton) -> new OpenAiAnswerDecoder(EventCost.TARGET, ORIGIN, skeleton), "data: [DONE]\n\n");

	private static String chunk(int i, String delta, String more) {
		return "{\"id\":\"gen-1\",\"provider\":\"Bench\",\"model\":\"bench-1\",\"object\":\"chat.completion.chunk\","
				+ "\"created\":" + i + ",\"choices\":[{\"index\":0,\"delta\":" + delta
				+ ",\"finish_reason\":null,\"logprobs\":null}]" + more + "}";
	}

	private static String text(int i) {
		return "{\"role\":\"assistant\",\"content\":\" word" + i % 7 + "\"}";
	}

	@Test
	void eventsThatDifferInOneStringAreParsedOnce() {
		assertThat(this.cost.matches(EventCost.stream("", (i) -> chunk(1, text(i), "")))).isEqualTo(EVENTS - 1);
		assertThat(this.cost.events()).hasSize(EVENTS);
	}

	@Test
	void paddingOfChangingLengthChangesNothingInThat() {
		assertThat(this.cost.matches(
				EventCost.stream("", (i) -> chunk(1, text(i), ",\"obfuscation\":\"" + "x".repeat(1 + i % 9) + "\""))))
			.isEqualTo(EVENTS - 1);
		assertThat(this.cost.events()).hasSize(EVENTS);
	}

	@Test
	void fragmentsOfToolArgumentsAreParsedOnce() {
		assertThat(this.cost.matches(EventCost.stream("", (i) -> chunk(1, (i == 0)
				? "{\"tool_calls\":[{\"index\":0,\"id\":\"call\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}"
				: "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\" " + i % 7 + "\"}}]}", ""))))
			.isEqualTo(EVENTS - 2);
		assertThat(this.cost.events()).hasSize(EVENTS);
	}

	@Test
	void anEventThatDiffersInOneStringAllocatesLittleMoreThanItself() {
		assertThat(this.cost.bytesPerEvent(EventCost.stream("", (i) -> chunk(1, text(i), "")))).isPositive()
			.isLessThanOrEqualTo(104);
	}

	@Test
	void anEventThatIsParsedAllocatesFewStrings() {
		assertThat(this.cost.bytesPerEvent(EventCost.stream("", (i) -> chunk(i, text(i), "")))).isPositive()
			.isLessThanOrEqualTo(256);
	}

	@Test
	void theTextOfAWholeAnswerIsNotPutTogetherAgain() {
		byte[] answer = ("{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
				+ "word ".repeat(200_000) + "\"},\"finish_reason\":\"stop\"}]}")
			.getBytes(StandardCharsets.UTF_8);
		assertThat(wholeAnswer(answer)).hasSize(1_000_000);
		long allocated = EventCost.allocated(() -> wholeAnswer(answer));
		// Bytes, characters and the string; what puts it together again makes two more.
		assertThat(allocated / 1_000_000).isPositive().isLessThanOrEqualTo(4);
	}

	private static String wholeAnswer(byte[] answer) {
		OpenAiAnswerDecoder decoder = new OpenAiAnswerDecoder(EventCost.TARGET, ORIGIN);
		decoder.json(answer, (event) -> {
		});
		return decoder.finish(null, (event) -> {
		}).text();
	}

}
