package io.nexus3.provider.benchmarks.own;

import java.util.Objects;

import io.nexus3.provider.benchmarks.client.BenchmarkClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * What one writes without a library: {@link WebClient} with all its defaults, server-sent
 * events as strings, and a tree of each.
 */
public final class WebClientFactory implements BenchmarkClient.Factory {

	private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENT = new ParameterizedTypeReference<>() {
	};

	private static final JsonMapper MAPPER = new JsonMapper();

	@Override
	public BenchmarkClient create(BenchmarkClient.Api api, String baseUrl) {
		return create(WebClient.builder(), api, baseUrl);
	}

	static BenchmarkClient create(WebClient.Builder builder, BenchmarkClient.Api api, String baseUrl) {
		WebClient client = builder.baseUrl(baseUrl + Requests.path(api)).build();
		return new BenchmarkClient() {

			@Override
			public void stream(Answer answer) {
				client.post()
					.contentType(MediaType.APPLICATION_JSON)
					.accept(MediaType.TEXT_EVENT_STREAM)
					.bodyValue(Requests.STREAM)
					.retrieve()
					.bodyToFlux(EVENT)
					.map((event) -> Objects.requireNonNullElse(event.data(), ""))
					.takeWhile((data) -> !data.equals("[DONE]"))
					.subscribe((data) -> tell(api, MAPPER.readTree(data), answer), answer::failed, answer::done);
			}

			@Override
			public void complete(Answer answer) {
				client.post()
					.contentType(MediaType.APPLICATION_JSON)
					.accept(MediaType.APPLICATION_JSON)
					.bodyValue(Requests.COMPLETE)
					.retrieve()
					.bodyToMono(JsonNode.class)
					.map((tree) -> tree.at("/choices/0/message/content").asString())
					.subscribe(answer::text, answer::failed, answer::done);
			}

		};
	}

	private static void tell(BenchmarkClient.Api api, JsonNode event, BenchmarkClient.Answer answer) {
		JsonNode text;
		if (api == BenchmarkClient.Api.ANTHROPIC) {
			text = event.path("delta").path("text");
		}
		else {
			JsonNode delta = event.path("choices").path(0).path("delta");
			text = delta.path("content");
			if (!text.isString()) {
				text = delta.path("tool_calls").path(0).path("function").path("arguments");
			}
		}
		if (text.isString()) {
			answer.text(text.asString());
		}
	}

}
