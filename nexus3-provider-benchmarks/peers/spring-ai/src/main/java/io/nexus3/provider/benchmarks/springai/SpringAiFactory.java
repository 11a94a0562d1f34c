package io.nexus3.provider.benchmarks.springai;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.nexus3.provider.benchmarks.client.BenchmarkClient;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/**
 * Spring AI's chat models with their defaults. Whole answers come from a blocking call,
 * which gets threads enough.
 */
public final class SpringAiFactory implements BenchmarkClient.Factory {

	private final ExecutorService threads = Executors.newFixedThreadPool(64);

	@Override
	public BenchmarkClient create(BenchmarkClient.Api api, String baseUrl) {
		ChatModel model = (api == BenchmarkClient.Api.ANTHROPIC) ? anthropic(baseUrl) : openAi(baseUrl);
		return new BenchmarkClient() {

			@Override
			public void stream(Answer answer) {
				model.stream(new Prompt("Say something"))
					.subscribe((response) -> tell(response, answer), answer::failed, answer::done);
			}

			@Override
			public void complete(Answer answer) {
				SpringAiFactory.this.threads.execute(() -> {
					try {
						tell(model.call(new Prompt("Say something")), answer);
						answer.done();
					}
					catch (RuntimeException ex) {
						answer.failed(ex);
					}
				});
			}

		};
	}

	private static ChatModel openAi(String baseUrl) {
		return OpenAiChatModel.builder()
			.options(OpenAiChatOptions.builder()
				.baseUrl(baseUrl + "/v1")
				.apiKey("bench-key")
				.model("bench-model-1")
				.build())
			.build();
	}

	private static ChatModel anthropic(String baseUrl) {
		return AnthropicChatModel.builder()
			.options(AnthropicChatOptions.builder()
				.baseUrl(baseUrl)
				.apiKey("bench-key")
				.model("bench-model-1")
				.maxTokens(4096)
				.build())
			.build();
	}

	private static void tell(ChatResponse response, BenchmarkClient.Answer answer) {
		if (response.getResult() != null && response.getResult().getOutput() != null) {
			String text = response.getResult().getOutput().getText();
			if (text != null && !text.isEmpty()) {
				answer.text(text);
			}
			response.getResult().getOutput().getToolCalls().forEach((call) -> answer.text(call.arguments()));
		}
	}

}
