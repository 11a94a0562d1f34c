package io.nexus3.provider.test;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.nexus3.provider.test.http.ScriptedResponse;

/**
 * The answers that a test wants in place of the usual ones: first what is queued, then
 * the first rule that fits. Safe for use by any thread.
 */
final class AnswerScript {

	private final Queue<BiFunction<ChatCall, ScriptedResponse, ScriptedResponse>> queue = new ConcurrentLinkedQueue<>();

	private final List<Rule> rules = new CopyOnWriteArrayList<>();

	void enqueue(BiFunction<ChatCall, ScriptedResponse, ScriptedResponse> answer) {
		this.queue.add(answer);
	}

	void onRequest(Predicate<ChatCall> condition, BiFunction<ChatCall, ScriptedResponse, ScriptedResponse> answer) {
		this.rules.add(new Rule(condition, answer));
	}

	void clear() {
		this.queue.clear();
		this.rules.clear();
	}

	ScriptedResponse answer(ChatCall call, Supplier<ScriptedResponse> usual) {
		BiFunction<ChatCall, ScriptedResponse, ScriptedResponse> next = this.queue.poll();
		if (next != null) {
			return next.apply(call, usual.get());
		}
		for (Rule rule : this.rules) {
			if (rule.condition().test(call)) {
				return rule.answer().apply(call, usual.get());
			}
		}
		return usual.get();
	}

	private record Rule(Predicate<ChatCall> condition,
			BiFunction<ChatCall, ScriptedResponse, ScriptedResponse> answer) {
	}

}
