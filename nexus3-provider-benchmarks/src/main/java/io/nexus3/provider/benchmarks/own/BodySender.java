package io.nexus3.provider.benchmarks.own;

import io.nexus3.provider.benchmarks.client.BenchmarkClient;

/**
 * A client without a library: it sends a body and reads what comes, whichever was asked
 * for.
 */
@FunctionalInterface
interface BodySender extends BenchmarkClient {

	void send(String body, Answer answer);

	@Override
	default void stream(Answer answer) {
		send(Requests.STREAM, answer);
	}

	@Override
	default void complete(Answer answer) {
		send(Requests.COMPLETE, answer);
	}

}
