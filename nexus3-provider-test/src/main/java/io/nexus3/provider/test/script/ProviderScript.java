package io.nexus3.provider.test.script;

import java.util.ArrayList;
import java.util.List;

import io.nexus3.provider.test.ChatCall;
import io.nexus3.provider.test.SimulatedProvider;
import io.nexus3.provider.test.Voice;
import io.nexus3.provider.test.format.ApiError;
import io.nexus3.provider.test.http.ScriptedResponse;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated provider answers in a test. The first entry that fits a request and
 * has answers left gives its next one; a request that none fits gets the usual answer.
 * Scripted texts keep the rules of the dialect: what the real server would refuse is
 * refused. Safe for use by any thread. <pre class="code">
 * ProviderScript script = ProviderScript.on(provider);
 * script.when(any().userText("weather")).answer(toolCall("get_weather", "{\"city\":\"Oslo\"}")).then(text("21 degrees"));
 * script.next().answer(error(429, "slow down").withHeader("Retry-After", "1"));
 * ...
 * script.received().count(3).request(0, any().model("gpt-5").offersTool("get_weather"));
 * script.verify();
 * </pre>
 *
 * @since 0.1.0
 */
public final class ProviderScript {

	private final SimulatedProvider provider;

	private final Object lock = new Object();

	private final List<Entry> entries = new ArrayList<>();

	private final List<ChatCall> unmatched = new ArrayList<>();

	private boolean strict;

	private ProviderScript(SimulatedProvider provider) {
		this.provider = provider;
	}

	/**
	 * Begins a script. What is enqueued at the provider itself, and its conditions, come
	 * before it.
	 * @param provider the provider that follows it
	 * @return an empty script
	 */
	public static ProviderScript on(SimulatedProvider provider) {
		ProviderScript script = new ProviderScript(provider);
		provider.answerWith(script::respond);
		return script;
	}

	/**
	 * Begins an entry for some requests.
	 * @param pattern which
	 * @return the entry, to be given answers
	 */
	public Entry when(RequestPattern pattern) {
		Entry entry = new Entry(pattern);
		synchronized (this.lock) {
			this.entries.add(entry);
		}
		return entry;
	}

	/**
	 * Begins an entry for whatever comes next.
	 * @return the entry, to be given answers
	 */
	public Entry next() {
		return when(RequestPattern.any());
	}

	/**
	 * Refuses requests that no entry fits with status 400 and what differs, and lets
	 * {@link #verify()} report them. Otherwise they get the usual answer.
	 * @return this script
	 */
	public ProviderScript refuseOthers() {
		synchronized (this.lock) {
			this.strict = true;
		}
		return this;
	}

	/**
	 * Returns the assertions on what the provider received.
	 * @return the assertions
	 */
	public ReceivedCalls received() {
		return ReceivedCalls.of(this.provider);
	}

	/**
	 * Asserts that every answer was given, and none was lacking if others are refused.
	 * @throws AssertionError naming the entries with answers left and the requests that
	 * none fitted
	 */
	public void verify() {
		List<String> problems = new ArrayList<>();
		synchronized (this.lock) {
			for (Entry entry : this.entries) {
				if (!entry.answers.isEmpty()) {
					problems.add("Not asked for: " + entry.answers + " when " + entry.pattern + nearest(entry.pattern));
				}
			}
			if (this.strict && !this.unmatched.isEmpty()) {
				problems.add("Requests that nothing was scripted for: " + ReceivedCalls.listed(this.unmatched));
			}
		}
		if (!problems.isEmpty()) {
			throw new AssertionError(String.join("\n", problems));
		}
	}

	private String nearest(RequestPattern pattern) {
		StringBuilder text = new StringBuilder();
		for (ChatCall call : this.unmatched) {
			text.append("\n  ").append(ReceivedCalls.described(call)).append(": ").append(pattern.differences(call));
		}
		return text.toString();
	}

	/**
	 * Forgets all entries and what did not fit them; others are not refused any more.
	 */
	public void reset() {
		synchronized (this.lock) {
			this.entries.clear();
			this.unmatched.clear();
			this.strict = false;
		}
	}

	private @Nullable ScriptedResponse respond(ChatCall call, Voice voice) {
		ScriptedAnswer answer = take(call);
		if (answer != null) {
			return answer.speak(voice);
		}
		synchronized (this.lock) {
			return this.strict
					? voice.error(ApiError.of(400, "Nothing is scripted for " + ReceivedCalls.described(call))) : null;
		}
	}

	private @Nullable ScriptedAnswer take(ChatCall call) {
		synchronized (this.lock) {
			for (Entry entry : this.entries) {
				ScriptedAnswer answer = entry.pattern.test(call) ? entry.take() : null;
				if (answer != null) {
					return answer;
				}
			}
			this.unmatched.add(call);
			return null;
		}
	}

	/**
	 * The answers to requests of one kind, in sequence.
	 *
	 * @since 0.1.0
	 */
	public final class Entry {

		private final RequestPattern pattern;

		private final List<ScriptedAnswer> answers = new ArrayList<>();

		private @Nullable ScriptedAnswer last;

		private Entry(RequestPattern pattern) {
			this.pattern = pattern;
		}

		/**
		 * Gives an answer once.
		 * @param answer the answer
		 * @return this entry
		 */
		public Entry answer(ScriptedAnswer answer) {
			synchronized (ProviderScript.this.lock) {
				this.answers.add(answer);
			}
			return this;
		}

		/**
		 * Gives an answer once, to the request after those answered before.
		 * @param answer the answer
		 * @return this entry
		 */
		public Entry then(ScriptedAnswer answer) {
			return answer(answer);
		}

		/**
		 * Gives an answer to all requests after those answered before. It need not be
		 * asked for.
		 * @param answer the answer
		 */
		public void always(ScriptedAnswer answer) {
			synchronized (ProviderScript.this.lock) {
				this.last = answer;
			}
		}

		private @Nullable ScriptedAnswer take() {
			return this.answers.isEmpty() ? this.last : this.answers.remove(0);
		}

	}

}
