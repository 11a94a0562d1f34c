package io.nexus3.provider.benchmarks.own;

import io.nexus3.provider.benchmarks.client.BenchmarkClient;

/**
 * The bodies that clients without a library send.
 */
final class Requests {

	static final String STREAM = """
			{"model":"bench-model-1","messages":[{"role":"user","content":"Say something"}],"stream":true}""";

	static final String COMPLETE = """
			{"model":"bench-model-1","messages":[{"role":"user","content":"Say something"}]}""";

	private Requests() {
	}

	static String path(BenchmarkClient.Api api) {
		return (api == BenchmarkClient.Api.ANTHROPIC) ? "/v1/messages" : "/v1/chat/completions";
	}

}
