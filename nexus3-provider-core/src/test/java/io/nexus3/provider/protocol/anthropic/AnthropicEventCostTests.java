package io.nexus3.provider.protocol.anthropic;

import io.nexus3.provider.VendorJson.Origin;
import io.nexus3.provider.protocol.EventCost;
import org.junit.jupiter.api.Test;

import static io.nexus3.provider.protocol.EventCost.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;

class AnthropicEventCostTests {

	private static final String START = """
			data: {"type":"message_start","message":{"id":"msg_1","model":"bench-1"}}

			data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

			""";

	private static final String END = """
			data: {"type":"message_delta","delta":{"stop_reason":"end_turn"}}

			data: {"type":"message_stop"}

			""";

	private final EventCost cost = new EventCost(
			(skeleton) -> new AnthropicAnswerDecoder(EventCost.TARGET, new Origin("anthropic", "bench"), skeleton),
			END);

	private static String delta(int i, String blanks) {
		return "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\" word"
				+ i % 7 + "\"}" + blanks + "}";
	}

	@Test
	void eventsThatDifferInOneStringAreParsedOnce() {
		assertThat(this.cost.matches(EventCost.stream(START, (i) -> delta(i, "")))).isEqualTo(EVENTS - 1);
		assertThat(this.cost.events()).hasSize(EVENTS);
	}

	@Test
	void blanksBeforeTheLastBraceChangeNothingInThat() {
		assertThat(this.cost.matches(EventCost.stream(START, (i) -> delta(i, " ".repeat(i % 9)))))
			.isEqualTo(EVENTS - 1);
		assertThat(this.cost.events()).hasSize(EVENTS);
	}

	@Test
	void anEventThatDiffersInOneStringAllocatesLittleMoreThanItself() {
		assertThat(this.cost.bytesPerEvent(EventCost.stream(START, (i) -> delta(i, "")))).isPositive()
			.isLessThanOrEqualTo(144);
	}

}
