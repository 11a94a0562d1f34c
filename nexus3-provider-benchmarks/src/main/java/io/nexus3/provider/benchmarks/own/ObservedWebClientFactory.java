package io.nexus3.provider.benchmarks.own;

import java.util.Map;

import io.nexus3.provider.benchmarks.client.BenchmarkClient;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The {@link WebClient} that Spring Boot builds, which records one observation for each
 * request: what our own client stands on.
 */
public final class ObservedWebClientFactory implements BenchmarkClient.Factory {

	@Override
	public BenchmarkClient create(BenchmarkClient.Api api, String baseUrl) {
		WebClient.Builder builder = new SpringApplicationBuilder(Nexus3Factory.Application.class)
			.web(WebApplicationType.NONE)
			.properties(Map.of("logging.level.root", "warn", "spring.main.banner-mode", "off"))
			.run()
			.getBean(WebClient.Builder.class);
		return WebClientFactory.create(builder, api, baseUrl);
	}

}
