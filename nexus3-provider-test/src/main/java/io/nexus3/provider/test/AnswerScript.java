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
 * the first rule that fits, then what a source has for it. Safe for use by any thread.
 */
final class AnswerScript {

	private final Queue<BiFunction<ChatCall, ScriptedResponse, ScriptedResponse>> queue = new ConcurrentLinkedQueue<>();

	private final List<Rule> rules = new CopyOnWriteArrayList<>();

	private final List<AnswerSource> sources = new CopyOnWriteArrayList<>();

	void enqueue(BiFunction<ChatCall, ScriptedResponse, ScriptedResponse> answer) {
		this.queue.add(answer);
	}

	void onRequest(Predicate<ChatCall> condition, BiFunction<ChatCall, ScriptedResponse, ScriptedResponse> answer) {
		this.rules.add(new Rule(condition, answer));
	}

	void answerWith(AnswerSource source) {
		this.sources.add(source);
	}

	void clear() {
		this.sources.clear();
		this.queue.clear();
		this.rules.clear();
	}

	ScriptedResponse answer(ChatCall call, Voice voice) {
		Supplier<ScriptedResponse> usual = () -> voice.answer(voice.model(), voice.pace());
		BiFunction<ChatCall, ScriptedResponse, ScriptedResponse> next = this.queue.poll();
		if (next != null) {
			return next.apply(call, usual.get());
		}
		for (Rule rule : this.rules) {
			if (rule.condition().test(call)) {
				return rule.answer().apply(call, usual.get());
			}
		}
		for (AnswerSource source : this.sources) {
			ScriptedResponse response = source.answer(call, voice);
			if (response != null) {
				return response;
			}
		}
		return usual.get();
	}

	private record Rule(Predicate<ChatCall> condition,
			BiFunction<ChatCall, ScriptedResponse, ScriptedResponse> answer) {
	}

}
