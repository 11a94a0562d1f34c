package io.nexus3.provider.benchmarks.own;

import java.util.LinkedHashMap;
import java.util.Map;

import io.nexus3.provider.AsyncProvider;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.ContentDelta;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.ToolCallDelta;
import io.nexus3.provider.benchmarks.client.BenchmarkClient;
import io.nexus3.provider.registry.ProviderRegistry;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;

/**
 * Our library as an application gets it: the registry that the starter makes, with
 * observations, meters, retries and limits as they are by default.
 */
public final class Nexus3Factory implements BenchmarkClient.Factory {

	@Override
	public BenchmarkClient create(BenchmarkClient.Api api, String baseUrl) {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("logging.level.root", "warn");
		properties.put("spring.main.banner-mode", "off");
		properties.put("nexus3.providers.bench.type",
				(api == BenchmarkClient.Api.ANTHROPIC) ? "anthropic" : "openai-compatible");
		properties.put("nexus3.providers.bench.base-url",
				(api == BenchmarkClient.Api.ANTHROPIC) ? baseUrl : baseUrl + "/v1");
		properties.put("nexus3.providers.bench.api-key", "bench-key");
		properties.put("nexus3.models.bench.provider", "bench");
		properties.put("nexus3.models.bench.model-id", "bench-model-1");
		ProviderRegistry registry = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(properties)
			.run()
			.getBean(ProviderRegistry.class);
		return new Client(registry.getForModel("bench"));
	}

	/** An application with nothing of its own. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	private record Client(AsyncProvider provider) implements BenchmarkClient {

		@Override
		public void stream(Answer answer) {
			this.provider.stream(CompletionRequest.of("Say something"))
				.subscribe((event) -> tell(event, answer), answer::failed, answer::done);
		}

		private static void tell(StreamEvent event, Answer answer) {
			if (event instanceof ContentDelta delta) {
				answer.text(delta.text());
			}
			else if (event instanceof ToolCallDelta delta) {
				answer.text(delta.arguments());
			}
		}

		@Override
		public void complete(Answer answer) {
			this.provider.complete(CompletionRequest.of("Say something"))
				.subscribe((message) -> answer.text(message.text()), answer::failed, answer::done);
		}

	}

}
