package io.nexus3.provider.behaviour;

import java.util.Set;
import java.util.function.Consumer;

import io.nexus3.provider.StreamEvent;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * A subscriber that throws, which Reactive Streams forbids.
 *
 * @param at the signals at which it throws
 * @param heard is told of every signal, before anything is thrown
 */
public record ThrowingSubscriber(Set<Signal> at, Consumer<Signal> heard) implements CoreSubscriber<StreamEvent> {

	@Override
	public void onSubscribe(Subscription subscription) {
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(StreamEvent event) {
		hear(Signal.NEXT);
	}

	@Override
	public void onError(Throwable error) {
		hear(Signal.ERROR);
	}

	@Override
	public void onComplete() {
		hear(Signal.COMPLETE);
	}

	private void hear(Signal signal) {
		this.heard.accept(signal);
		if (this.at.contains(signal)) {
			throw new IllegalStateException("thrown by a subscriber at " + signal);
		}
	}

	/** What a subscriber hears. */
	public enum Signal {

		NEXT, ERROR, COMPLETE

	}

}
