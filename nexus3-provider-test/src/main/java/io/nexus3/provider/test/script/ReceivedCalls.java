package io.nexus3.provider.test.script;

import java.util.List;

import io.nexus3.provider.test.ChatCall;
import io.nexus3.provider.test.SimulatedProvider;

/**
 * Asserts what a simulated provider received. Every failure is an {@link AssertionError}
 * that says what differed; a key is never part of it. Safe for use by any thread.
 *
 * @since 0.1.0
 */
public final class ReceivedCalls {

	private final SimulatedProvider provider;

	private ReceivedCalls(SimulatedProvider provider) {
		this.provider = provider;
	}

	/**
	 * The requests to a provider, as they are when an assertion is made.
	 * @param provider the provider
	 * @return the assertions
	 */
	public static ReceivedCalls of(SimulatedProvider provider) {
		return new ReceivedCalls(provider);
	}

	/**
	 * Asserts how many requests came, repeated attempts included.
	 * @param expected how many
	 * @return these assertions
	 */
	public ReceivedCalls count(int expected) {
		List<ChatCall> calls = this.provider.requests();
		if (calls.size() != expected) {
			throw new AssertionError("Expected " + expected + " requests, but there were " + listed(calls));
		}
		return this;
	}

	/**
	 * Asserts what a request is like.
	 * @param index its place in the order of arrival, from 0
	 * @param pattern what it has to be like
	 * @return these assertions
	 */
	public ReceivedCalls request(int index, RequestPattern pattern) {
		List<String> differences = pattern.differences(call(index));
		if (!differences.isEmpty()) {
			throw new AssertionError("Request " + index + " differs:\n  " + String.join("\n  ", differences));
		}
		return this;
	}

	/**
	 * Asserts how often a request was sent: how many requests have the same body.
	 * @param index its place in the order of arrival, from 0
	 * @param expected how often, the first attempt included
	 * @return these assertions
	 */
	public ReceivedCalls attempts(int index, int expected) {
		ChatCall call = call(index);
		List<ChatCall> same = this.provider.requests()
			.stream()
			.filter((other) -> other.body().equals(call.body()))
			.toList();
		if (same.size() != expected) {
			throw new AssertionError("Expected " + expected + " attempts with the body of request " + index
					+ ", but there were " + listed(same));
		}
		return this;
	}

	private ChatCall call(int index) {
		List<ChatCall> calls = this.provider.requests();
		if (index < 0 || index >= calls.size()) {
			throw new AssertionError("There is no request " + index + "; there were " + listed(calls));
		}
		return calls.get(index);
	}

	static String listed(List<ChatCall> calls) {
		StringBuilder text = new StringBuilder().append(calls.size());
		for (ChatCall call : calls) {
			text.append("\n  ").append(described(call));
		}
		return text.toString();
	}

	static String described(ChatCall call) {
		return "%s %s, model \"%s\", user text \"%s\"".formatted(call.request().method(), call.request().path(),
				call.prompt().model(), RequestPattern.shortened(call.prompt().turn().userText()));
	}

}
