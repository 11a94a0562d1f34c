package io.nexus3.provider.benchmarks.vendor;

import java.util.Optional;

import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.client.okhttp.AnthropicOkHttpClientAsync;
import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import io.nexus3.provider.benchmarks.client.BenchmarkClient;

/**
 * Anthropic's asynchronous client with its defaults.
 */
public final class AnthropicJavaFactory implements BenchmarkClient.Factory {

	private static final MessageCreateParams PARAMS = MessageCreateParams.builder()
		.model("bench-model-1")
		.maxTokens(4096)
		.addUserMessage("Say something")
		.build();

	@Override
	public BenchmarkClient create(BenchmarkClient.Api api, String baseUrl) {
		AnthropicClientAsync client = AnthropicOkHttpClientAsync.builder().baseUrl(baseUrl).apiKey("bench-key").build();
		return new BenchmarkClient() {

			@Override
			public void stream(Answer answer) {
				client.messages().createStreaming(PARAMS).subscribe(new Handler(answer));
			}

			@Override
			public void complete(Answer answer) {
				answer.failed(new UnsupportedOperationException("no scenario asks for it"));
			}

		};
	}

	private record Handler(
			BenchmarkClient.Answer answer) implements AsyncStreamResponse.Handler<RawMessageStreamEvent> {

		@Override
		public void onNext(RawMessageStreamEvent event) {
			event.contentBlockDelta()
				.flatMap((delta) -> delta.delta().text())
				.ifPresent((delta) -> this.answer.text(delta.text()));
		}

		@Override
		public void onComplete(Optional<Throwable> error) {
			error.ifPresentOrElse(this.answer::failed, this.answer::done);
		}

	}

}
