package io.nexus3.provider.benchmarks.vendor;

import java.util.Optional;

import com.openai.client.OpenAIClientAsync;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.nexus3.provider.benchmarks.client.BenchmarkClient;

/**
 * OpenAI's asynchronous client with its defaults.
 */
public final class OpenAiJavaFactory implements BenchmarkClient.Factory {

	private static final ChatCompletionCreateParams PARAMS = ChatCompletionCreateParams.builder()
		.model("bench-model-1")
		.addUserMessage("Say something")
		.build();

	@Override
	public BenchmarkClient create(BenchmarkClient.Api api, String baseUrl) {
		OpenAIClientAsync client = OpenAIOkHttpClientAsync.builder()
			.baseUrl(baseUrl + "/v1")
			.apiKey("bench-key")
			.build();
		return new BenchmarkClient() {

			@Override
			public void stream(Answer answer) {
				client.chat().completions().createStreaming(PARAMS).subscribe(new Handler(answer));
			}

			@Override
			public void complete(Answer answer) {
				client.chat().completions().create(PARAMS).whenComplete((completion, error) -> {
					if (error != null) {
						answer.failed(error);
						return;
					}
					answer.text(completion.choices().get(0).message().content().orElse(""));
					answer.done();
				});
			}

		};
	}

	private record Handler(BenchmarkClient.Answer answer) implements AsyncStreamResponse.Handler<ChatCompletionChunk> {

		@Override
		public void onNext(ChatCompletionChunk chunk) {
			chunk.choices().forEach((choice) -> {
				choice.delta().content().ifPresent(this.answer::text);
				choice.delta()
					.toolCalls()
					.ifPresent((calls) -> calls.forEach((call) -> call.function()
						.flatMap((function) -> function.arguments())
						.ifPresent(this.answer::text)));
			});
		}

		@Override
		public void onComplete(Optional<Throwable> error) {
			error.ifPresentOrElse(this.answer::failed, this.answer::done);
		}

	}

}
