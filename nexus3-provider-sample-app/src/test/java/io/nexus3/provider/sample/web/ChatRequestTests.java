package io.nexus3.provider.sample.web;

import java.util.List;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.Reasoning;
import io.nexus3.provider.SystemMessage;
import io.nexus3.provider.UserMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ChatRequestTests {

	@Test
	void turnsRolesIntoMessages() {
		ChatRequest request = request(null, new ChatRequest.Turn("system", "Be brief"),
				new ChatRequest.Turn("user", "Hello"), new ChatRequest.Turn("assistant", "Hi"),
				new ChatRequest.Turn("user", "How are you?"));
		assertThat(request.toCompletionRequest().messages()).containsExactly(SystemMessage.of("Be brief"),
				UserMessage.of("Hello"), AssistantMessage.of("Hi"), UserMessage.of("How are you?"));
	}

	@Test
	void leavesReasoningAsConfiguredUnlessAsked() {
		assertThat(request(null, new ChatRequest.Turn("user", "Hello")).toCompletionRequest().options().reasoning())
			.isNull();
	}

	@Test
	void setsTheReasoningAskedFor() {
		assertThat(request("high", new ChatRequest.Turn("user", "Hello")).toCompletionRequest().options().reasoning())
			.isEqualTo(Reasoning.effort(Reasoning.Level.HIGH));
	}

	@Test
	void switchesReasoningOff() {
		assertThat(request("off", new ChatRequest.Turn("user", "Hello")).toCompletionRequest().options().reasoning())
			.isEqualTo(Reasoning.off());
	}

	@Test
	void namesTheLevelsWhenTheReasoningIsUnknown() {
		assertProblem(request("lots", new ChatRequest.Turn("user", "Hello")), "'lots' is unknown: write off or one of");
	}

	@Test
	void namesTheRolesWhenARoleIsUnknown() {
		assertProblem(request(null, new ChatRequest.Turn("robot", "Hello")), "write user, assistant or system");
	}

	@Test
	void refusesAConversationWithoutMessages() {
		assertProblem(request(null), "Send at least one message");
	}

	@Test
	void refusesABlankMessage() {
		assertProblem(request(null, new ChatRequest.Turn("user", " ")), "a content that is not blank");
	}

	@Test
	void offersToolsUnlessSwitchedOff() {
		assertThat(request(null).withTools()).isTrue();
		assertThat(new ChatRequest(null, null, false, null).withTools()).isFalse();
	}

	private static ChatRequest request(@Nullable String reasoning, ChatRequest.Turn... turns) {
		return new ChatRequest(null, List.of(turns), null, reasoning);
	}

	private static void assertProblem(ChatRequest request, String detail) {
		assertThatExceptionOfType(ChatProblem.class).isThrownBy(request::toCompletionRequest)
			.satisfies((problem) -> assertThat(problem.getBody().getDetail()).contains(detail));
	}

}
