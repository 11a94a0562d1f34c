package io.nexus3.provider.protocol.openai;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.sun.management.ThreadMXBean;
import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.Message;
import io.nexus3.provider.ToolArguments;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.ToolMessage;
import io.nexus3.provider.UserMessage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Long conversations must cost in proportion to their length. Allocation is counted
 * rather than time: it does not depend on how busy the machine is.
 */
class OpenAiRequestGrowthTests {

	private static final OpenAiRequestEncoder ENCODER = new OpenAiRequestEncoder(OpenAiDialect.OPENROUTER);

	@Test
	void aLongConversationCostsNoMorePerMessage() {
		CompletionRequest small = conversation(200);
		CompletionRequest large = conversation(6_400);
		allocated(small);
		allocated(large);
		double perSmall = allocated(small) / 200.0;
		double perLarge = allocated(large) / 6_400.0;
		assertThat(perLarge).isLessThan(perSmall * 1.5);
	}

	private static long allocated(CompletionRequest request) {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long before = threads.getCurrentThreadAllocatedBytes();
		ENCODER.encode(request, EncodedBody.caching("openrouter", "anthropic/claude-sonnet-4.5"), true);
		return threads.getCurrentThreadAllocatedBytes() - before;
	}

	private static CompletionRequest conversation(int messages) {
		List<Message> conversation = new ArrayList<>();
		while (conversation.size() < messages) {
			String id = "call_" + conversation.size();
			conversation.add(UserMessage.of("What stands in file number " + id + "?"));
			conversation.add(AssistantMessage.of(ToolCall.of(id, "read_file",
					ToolArguments.valid(Map.of("path", id), "{\"path\":\"" + id + "\"}"))));
			conversation.add(ToolMessage.of(id, "some text ".repeat(50)));
			conversation.add(AssistantMessage.of("There stands some text, again and again."));
		}
		return CompletionRequest.of(conversation);
	}

}
