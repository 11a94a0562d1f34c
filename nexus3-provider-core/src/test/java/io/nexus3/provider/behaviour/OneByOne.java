package io.nexus3.provider.behaviour;

import io.nexus3.provider.StreamEvent;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asks for one event at a time, and must never get more.
 */
public final class OneByOne extends BaseSubscriber<StreamEvent> {

	private final Arrivals<Object> arrivals = new Arrivals<>();

	/** The next event, or the error in its place. */
	public Object next() throws InterruptedException {
		request(1);
		Object next = this.arrivals.next(Scene.WATCHDOG);
		assertThat(this.arrivals.isEmpty()).as("no more than was asked for").isTrue();
		return next;
	}

	@Override
	protected void hookOnSubscribe(Subscription subscription) {
		// Nothing is asked for before the test does.
	}

	@Override
	protected void hookOnNext(StreamEvent event) {
		this.arrivals.add(event);
	}

	@Override
	protected void hookOnError(Throwable error) {
		this.arrivals.add(error);
	}

}
