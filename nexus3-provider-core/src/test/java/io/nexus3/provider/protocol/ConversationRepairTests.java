package io.nexus3.provider.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.AssistantPart;
import io.nexus3.provider.Message;
import io.nexus3.provider.SystemMessage;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.ToolArguments;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.ToolMessage;
import io.nexus3.provider.UserMessage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConversationRepair}.
 */
class ConversationRepairTests {

	private static final Message USER = UserMessage.of("go");

	@Test
	@DisplayName("29: a result whose id no call announced is dropped, and the caller's list stays as it is")
	void dropsResultsOfUnknownCalls() {
		List<Message> messages = new ArrayList<>(
				List.of(USER, calls("t1"), ToolMessage.of("t1", "one"), ToolMessage.of("ghost", "boo")));
		List<Message> before = List.copyOf(messages);
		assertThat(ConversationRepair.repair(messages)).containsExactly(USER, calls("t1"), ToolMessage.of("t1", "one"));
		assertThat(messages).isEqualTo(before);
	}

	@Test
	@DisplayName("29: results without any call before them are dropped")
	void dropsResultsWithoutBatch() {
		assertThat(ConversationRepair.repair(List.of(USER, ToolMessage.of("t1", "one"), AssistantMessage.of("hello"))))
			.containsExactly(USER, AssistantMessage.of("hello"));
	}

	@Test
	@DisplayName("29: a result before its call is dropped, and the call counts as interrupted")
	void dropsResultsBeforeTheirCall() {
		List<Message> repaired = ConversationRepair.repair(List.of(USER, ToolMessage.of("t1", "early"), calls("t1")));
		assertThat(repaired).hasSize(3).startsWith(USER, calls("t1"));
		assertInterrupted(repaired.get(2), "t1");
	}

	@Test
	@DisplayName("30: of two calls with one result, the other is answered as interrupted")
	void answersCallsWithoutResult() {
		List<Message> repaired = ConversationRepair
			.repair(List.of(USER, calls("t1", "t2"), ToolMessage.of("t1", "one"), UserMessage.of("and?")));
		assertThat(repaired).hasSize(5).startsWith(USER, calls("t1", "t2"), ToolMessage.of("t1", "one"));
		assertInterrupted(repaired.get(3), "t2");
		assertThat(repaired.get(4)).isEqualTo(UserMessage.of("and?"));
	}

	@Test
	@DisplayName("30: the order of the results is the order of the calls")
	void putsInterruptedCallInItsPlace() {
		List<Message> repaired = ConversationRepair
			.repair(List.of(USER, calls("t1", "t2"), ToolMessage.of("t2", "two")));
		assertInterrupted(repaired.get(2), "t1");
		assertThat(repaired.get(3)).isEqualTo(ToolMessage.of("t2", "two"));
	}

	@Test
	@DisplayName("30: calls at the very end are answered, because vendors refuse open calls")
	void answersCallsAtTheEnd() {
		List<Message> repaired = ConversationRepair.repair(List.of(USER, calls("t1", "t2")));
		assertThat(repaired).hasSize(4);
		assertInterrupted(repaired.get(2), "t1");
		assertInterrupted(repaired.get(3), "t2");
	}

	@Test
	@DisplayName("31: user, assistant with a call, result: exactly those three")
	void leavesWholeConversationsAlone() {
		List<Message> messages = List.of(USER, calls("t1"), ToolMessage.of("t1", "one"));
		assertThat(ConversationRepair.repair(messages)).isEqualTo(messages);
	}

	@Test
	@DisplayName("31: three rounds of calls stay as they are")
	void leavesSeveralRoundsAlone() {
		List<Message> messages = List.of(SystemMessage.of("be kind"), USER, calls("t1", "t2"),
				ToolMessage.of("t1", "one"), ToolMessage.of("t2", "two"), calls("t3"), ToolMessage.of("t3", "three"),
				AssistantMessage.of("done"), UserMessage.of("again"), calls("t4"), ToolMessage.of("t4", "four"));
		assertThat(ConversationRepair.repair(messages)).isEqualTo(messages);
	}

	@Test
	void movesLateResultsBehindTheirCalls() {
		assertThat(ConversationRepair.repair(List.of(USER, calls("t1", "t2"), ToolMessage.of("t2", "two"),
				UserMessage.of("hurry"), ToolMessage.of("t1", "one"))))
			.containsExactly(USER, calls("t1", "t2"), ToolMessage.of("t1", "one"), ToolMessage.of("t2", "two"),
					UserMessage.of("hurry"));
	}

	@Test
	void keepsTheFirstOfTwoResults() {
		assertThat(ConversationRepair
			.repair(List.of(USER, calls("t1"), ToolMessage.of("t1", "first"), ToolMessage.of("t1", "second"))))
			.containsExactly(USER, calls("t1"), ToolMessage.of("t1", "first"));
	}

	@Test
	void anIdUsedAgainBelongsToTheLastCall() {
		List<Message> messages = List.of(USER, calls("call_0"), ToolMessage.of("call_0", "one"), calls("call_0"),
				ToolMessage.of("call_0", "two"));
		assertThat(ConversationRepair.repair(messages)).isEqualTo(messages);
	}

	@Test
	void callsWithInvalidArgumentsAreAnsweredToo() {
		Message truncated = AssistantMessage
			.of(ToolCall.of("t1", "tool", ToolArguments.invalid("{\"a\":", "cut at 1:5")));
		assertInterrupted(ConversationRepair.repair(List.of(USER, truncated, USER)).get(2), "t1");
	}

	@Test
	void failedResultsAreResults() {
		ToolMessage failed = new ToolMessage("t1", List.of(new TextPart("no such file")), true);
		assertThat(ConversationRepair.repair(List.of(USER, calls("t1"), failed))).containsExactly(USER, calls("t1"),
				failed);
	}

	private static void assertInterrupted(Message message, String id) {
		assertThat(message).isInstanceOfSatisfying(ToolMessage.class, (result) -> {
			assertThat(result.toolCallId()).isEqualTo(id);
			assertThat(result.text()).contains("interrupted");
			assertThat(result.error()).isTrue();
		});
	}

	private static AssistantMessage calls(String... ids) {
		return AssistantMessage.of(Stream.of(ids)
			.map((id) -> ToolCall.of(id, "tool", ToolArguments.of(Map.of())))
			.toArray(AssistantPart[]::new));
	}

}
