package io.nexus3.provider.benchmarks.run;

import java.util.Arrays;
import java.util.List;

import io.nexus3.provider.benchmarks.client.BenchmarkClient.Api;

/**
 * Who takes part: the class that makes its clients, and the module whose class path it
 * runs on.
 */
enum Peer {

	NEXUS3("nexus3", "nexus3-provider", "own.Nexus3Factory", "", Api.OPENAI, Api.ANTHROPIC),

	SPRING_AI("spring-ai", "Spring AI", "springai.SpringAiFactory", "peers/spring-ai", Api.OPENAI, Api.ANTHROPIC),

	LANGCHAIN4J("langchain4j", "LangChain4j", "langchain4j.LangChain4jFactory", "peers/langchain4j", Api.OPENAI,
			Api.ANTHROPIC),

	OPENAI_JAVA("openai-java", "openai-java", "vendor.OpenAiJavaFactory", "peers/vendor-sdks", Api.OPENAI),

	ANTHROPIC_JAVA("anthropic-java", "anthropic-java", "vendor.AnthropicJavaFactory", "peers/vendor-sdks",
			Api.ANTHROPIC),

	WEBCLIENT("webclient", "WebClient + tree", "own.WebClientFactory", "", Api.OPENAI, Api.ANTHROPIC),

	WEBCLIENT_OBSERVED("webclient-observed", "WebClient of Boot, observed + tree", "own.ObservedWebClientFactory", "",
			Api.OPENAI, Api.ANTHROPIC),

	WEBCLIENT_DRAIN("webclient-drain", "WebClient, bytes only", "own.WebClientDrainFactory", "", Api.OPENAI,
			Api.ANTHROPIC),

	NETTY_DRAIN("netty-drain", "Reactor Netty, bytes only", "own.NettyDrainFactory", "", Api.OPENAI, Api.ANTHROPIC);

	private final String id;

	private final String title;

	private final String factory;

	private final String module;

	private final List<Api> apis;

	Peer(String id, String title, String factory, String module, Api... apis) {
		this.id = id;
		this.title = title;
		this.factory = "io.nexus3.provider.benchmarks." + factory;
		this.module = module;
		this.apis = List.of(apis);
	}

	static Peer of(String id) {
		return Arrays.stream(values())
			.filter((peer) -> peer.id.equals(id))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no peer '" + id + "'"));
	}

	String id() {
		return this.id;
	}

	String title() {
		return this.title;
	}

	String factory() {
		return this.factory;
	}

	String module() {
		return this.module;
	}

	boolean speaks(Api api) {
		return this.apis.contains(api);
	}

	/** Whether it reads bytes only: it has no texts to count. */
	boolean drain() {
		return this == WEBCLIENT_DRAIN || this == NETTY_DRAIN;
	}

}
