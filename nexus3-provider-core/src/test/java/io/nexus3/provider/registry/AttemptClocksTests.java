package io.nexus3.provider.registry;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.nexus3.provider.behaviour.TurnableClock;
import io.nexus3.provider.config.Timeouts;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AttemptClocksTests {

	private static final Timeouts TIMEOUTS = Timeouts.defaults()
		.withResponse(Duration.ofSeconds(10))
		.withFirstEvent(Duration.ofSeconds(20))
		.withIdle(Duration.ofSeconds(15))
		.withStall(Duration.ofSeconds(5));

	private final TurnableClock time = new TurnableClock();

	private final AtomicInteger expiries = new AtomicInteger();

	private final AttemptClocks clocks = new AttemptClocks(TIMEOUTS, this.time.callClock(), true,
			this.expiries::incrementAndGet);

	private void pass(int seconds) {
		this.time.advance(Duration.ofSeconds(seconds));
	}

	private void connect() {
		this.clocks.connected();
		this.clocks.requestSent();
	}

	@Test
	void nothingRunsBeforeTheConnection() {
		pass(10_000);
		assertThat(this.clocks.expired()).isNull();
		assertThat(this.expiries).hasValue(0);
	}

	@Test
	void theResponseClockRunsFromTheRequestToTheHead() {
		connect();
		pass(9);
		assertThat(this.clocks.expired()).isNull();
		pass(1);
		assertThat(this.clocks.expired()).hasMessageContaining("response");
		assertThat(this.expiries).hasValue(1);
	}

	@Test
	void whatComesJustAsTheTimerRunsOutBeginsTheClockAnew() {
		connect();
		this.clocks.head();
		this.clocks.event();
		pass(5);
		assertThat(this.expiries).hasValue(1);
		this.clocks.event();
		assertThat(this.clocks.ranOut()).isNull();
		pass(4);
		assertThat(this.expiries).hasValue(1);
		pass(1);
		assertThat(this.expiries).hasValue(2);
		assertThat(this.clocks.ranOut()).hasMessageContaining("stall");
	}

	@Test
	void theResponseClockBeginsAgainWhenTheRequestIsSent() {
		this.clocks.connected();
		pass(9);
		this.clocks.requestSent();
		pass(9);
		assertThat(this.expiries).hasValue(0);
		pass(1);
		assertThat(this.expiries).hasValue(1);
	}

	@Test
	void aRequestThatIsNeverAtItsEndRunsOut() {
		this.clocks.connected();
		pass(10);
		assertThat(this.clocks.expired()).hasMessageContaining("response");
	}

	@Test
	void anAnswerBeforeTheEndOfTheRequestIsNotForgotten() {
		this.clocks.connected();
		this.clocks.head();
		this.clocks.requestSent();
		pass(12);
		assertThat(this.clocks.expired()).isNull();
	}

	@Test
	void bytesWithoutAnEventDoNotEndTheFirstEventClock() {
		connect();
		this.clocks.head();
		pass(10);
		this.clocks.bytes();
		pass(9);
		assertThat(this.clocks.expired()).isNull();
		pass(1);
		assertThat(this.clocks.expired()).hasMessageContaining("first-event");
		assertThat(this.expiries).hasValue(1);
	}

	@Test
	void silenceEndsTheIdleClock() {
		connect();
		this.clocks.head();
		pass(15);
		assertThat(this.clocks.expired()).hasMessageContaining("idle");
		assertThat(this.expiries).hasValue(1);
	}

	@Test
	void aStallShorterThanTheFirstTimerIsSeenInTime() {
		connect();
		this.clocks.head();
		pass(1);
		this.clocks.bytes();
		this.clocks.event();
		pass(4);
		assertThat(this.expiries).hasValue(0);
		pass(1);
		assertThat(this.clocks.expired()).hasMessageContaining("stall");
		assertThat(this.expiries).hasValue(1);
	}

	@Test
	void bytesWithoutAnEventDoNotEndTheStallClock() {
		connect();
		this.clocks.head();
		this.clocks.event();
		for (int i = 0; i < 5; i++) {
			pass(1);
			this.clocks.bytes();
		}
		assertThat(this.clocks.expired()).hasMessageContaining("stall");
	}

	@Test
	void eventsKeepAllClocksQuiet() {
		connect();
		this.clocks.head();
		for (int i = 0; i < 100; i++) {
			pass(4);
			this.clocks.bytes();
			this.clocks.event();
		}
		assertThat(this.expiries).hasValue(0);
	}

	@Test
	void aPauseOfTheSubscriberDoesNotCount() {
		connect();
		this.clocks.head();
		this.clocks.event();
		pass(4);
		this.clocks.pause();
		pass(1_000);
		assertThat(this.clocks.expired()).isNull();
		this.clocks.resume();
		pass(4);
		assertThat(this.expiries).hasValue(0);
		pass(1);
		assertThat(this.clocks.expired()).hasMessageContaining("stall");
		assertThat(this.expiries).hasValue(1);
	}

	@Test
	void nothingRunsAfterTheStop() {
		connect();
		this.clocks.head();
		this.clocks.stop();
		pass(1_000);
		assertThat(this.clocks.expired()).isNull();
		assertThat(this.expiries).hasValue(0);
	}

}
