package io.nexus3.provider.benchmarks.langchain4j;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.nexus3.provider.benchmarks.client.BenchmarkClient;

/**
 * LangChain4j's chat models with their defaults. Whole answers come from a blocking call,
 * which gets threads enough.
 */
public final class LangChain4jFactory implements BenchmarkClient.Factory {

	private static final ChatRequest REQUEST = ChatRequest.builder()
		.messages(UserMessage.from("Say something"))
		.build();

	private final ExecutorService threads = Executors.newFixedThreadPool(64);

	@Override
	public BenchmarkClient create(BenchmarkClient.Api api, String baseUrl) {
		boolean anthropic = api == BenchmarkClient.Api.ANTHROPIC;
		StreamingChatModel streaming = anthropic ? anthropicStreaming(baseUrl) : openAiStreaming(baseUrl);
		ChatModel blocking = anthropic ? anthropic(baseUrl) : openAi(baseUrl);
		return new BenchmarkClient() {

			@Override
			public void stream(Answer answer) {
				streaming.chat(REQUEST, new Handler(answer));
			}

			@Override
			public void complete(Answer answer) {
				LangChain4jFactory.this.threads.execute(() -> {
					try {
						answer.text(blocking.chat(REQUEST).aiMessage().text());
						answer.done();
					}
					catch (RuntimeException ex) {
						answer.failed(ex);
					}
				});
			}

		};
	}

	private static StreamingChatModel openAiStreaming(String baseUrl) {
		return OpenAiStreamingChatModel.builder()
			.baseUrl(baseUrl + "/v1")
			.apiKey("bench-key")
			.modelName("bench-model-1")
			.build();
	}

	private static ChatModel openAi(String baseUrl) {
		return OpenAiChatModel.builder()
			.baseUrl(baseUrl + "/v1")
			.apiKey("bench-key")
			.modelName("bench-model-1")
			.build();
	}

	private static StreamingChatModel anthropicStreaming(String baseUrl) {
		return AnthropicStreamingChatModel.builder()
			.baseUrl(baseUrl + "/v1")
			.apiKey("bench-key")
			.modelName("bench-model-1")
			.build();
	}

	private static ChatModel anthropic(String baseUrl) {
		return AnthropicChatModel.builder()
			.baseUrl(baseUrl + "/v1")
			.apiKey("bench-key")
			.modelName("bench-model-1")
			.build();
	}

	private record Handler(BenchmarkClient.Answer answer) implements StreamingChatResponseHandler {

		@Override
		public void onPartialResponse(String text) {
			this.answer.text(text);
		}

		@Override
		public void onPartialToolCall(PartialToolCall call) {
			this.answer.text(call.partialArguments());
		}

		@Override
		public void onCompleteResponse(ChatResponse response) {
			this.answer.done();
		}

		@Override
		public void onError(Throwable error) {
			this.answer.failed(error);
		}

	}

}
