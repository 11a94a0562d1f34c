package io.nexus3.provider.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.nexus3.provider.AsyncProvider;
import io.nexus3.provider.behaviour.TurnableClock;
import io.nexus3.provider.config.ModelConfig;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.registry.CallClock;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.http.ScriptedServer;
import io.nexus3.provider.transport.HttpTransports;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

class RetryStormTests {

	private static final Logger logger = LoggerFactory.getLogger(RetryStormTests.class);

	private static final int CALLERS = 100;

	private static final Duration STORM = Duration.ofSeconds(60);

	/** What a caller does between two calls. */
	private static final Duration THINKING = Duration.ofMillis(500);

	private static final String ANSWER = """
			{"choices":[{"index":0,"message":{"content":"ok"},"finish_reason":"stop"}]}""";

	private final TurnableClock time = new TurnableClock();

	private final List<Second> seconds = new ArrayList<>();

	private boolean down;

	@Test
	void aStormIsNotAmplifiedAndIsOverSoonAfterTheServerIsWell() {
		Random random = new Random(4711);
		CallClock clock = new CallClock(this.time.callClock().scheduler(), this.time.callClock().nanos(),
				this.time.callClock().calendar(), random::nextDouble);
		ProviderConfig config = ProviderConfig.of("test", "openai").withApiKey("sk-storm-0123456789");
		try (ProviderRegistry registry = ProviderRegistry
			.builder(ProvidersConfig.of(List.of(config), List.of(ModelConfig.of("alias", "test", "gpt")), null))
			.transports(new HttpTransports((provider) -> answering()))
			.clock(clock)
			.build()) {
			for (int i = 0; i < CALLERS; i++) {
				schedule(registry.getForModel("alias"), THINKING.multipliedBy(i).dividedBy(CALLERS));
			}
			this.time.advance(Duration.ofSeconds(10));
			this.down = true;
			this.time.advance(STORM);
			this.down = false;
			this.time.advance(Duration.ofSeconds(20));
		}
		int spent = firstSecondWithoutRetries(10);
		Second afterwards = sum(spent, 70);
		int well = firstWellSecond(70);
		logger.info("Storm: budget spent after {} s, then {} attempts for {} calls; 99 % success {} s after the end",
				spent - 10, afterwards.attempts, afterwards.calls, well - 70);
		assertThat(spent - 10).isLessThan(15);
		assertThat(afterwards.calls).isGreaterThan(5_000);
		assertThat(afterwards.attempts).isLessThanOrEqualTo((int) (afterwards.calls * 1.1));
		assertThat(well - 70).isLessThanOrEqualTo(5);
		assertThat(sum(0, 10).attempts).isEqualTo(sum(0, 10).calls);
	}

	@Test
	void aStormOverSocketsCostsNoMoreThanTheBudget() {
		AtomicInteger down = new AtomicInteger(1);
		try (QuietNetwork quiet = new QuietNetwork();
				ScriptedServer server = ScriptedServer.start((request) -> (down.get() == 1)
						? ScriptedResponse.json(503, "{}") : ScriptedResponse.json(200, ANSWER));
				LoadScene scene = new LoadScene(server.baseUrl(), (config) -> config)) {
			int calls = CALLERS * 10;
			assertThat(successes(scene, calls)).isZero();
			int attempts = scene.tally.attempts.get();
			// 500 tokens are 100 retries.
			assertThat(attempts).isBetween(calls, calls + 100);
			assertThat(successes(scene, calls)).isZero();
			assertThat(scene.tally.attempts.get() - attempts).isEqualTo(calls);
			down.set(0);
			assertThat(successes(scene, calls)).isGreaterThanOrEqualTo(calls * 99 / 100);
			assertThat(scene.tally.mostAttempts.get()).isLessThanOrEqualTo(4);
			assertThat(quiet.errors()).isEmpty();
		}
	}

	/** Make calls, each caller one after the other, and count what succeeds. */
	private static int successes(LoadScene scene, int calls) {
		return Flux.range(0, calls)
			.flatMap((call) -> scene.open().complete("Hi").map((message) -> 1).onErrorReturn(0), CALLERS)
			.reduce(0, Integer::sum)
			.block(LoadScene.WATCHDOG);
	}

	/** Answers in the place of the network, at once. */
	private WebClient.Builder answering() {
		return WebClient.builder().filter((request, next) -> {
			second().attempts++;
			HttpStatus status = this.down ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.OK;
			return Mono.just(ClientResponse.create(status)
				.header("Content-Type", "application/json")
				.body(this.down ? "{}" : ANSWER)
				.build());
		});
	}

	private void schedule(AsyncProvider provider, Duration delay) {
		this.time.schedule(() -> call(provider), delay.toNanos(), TimeUnit.NANOSECONDS);
	}

	private void call(AsyncProvider provider) {
		second().calls++;
		provider.complete("Hi").doOnSuccess((message) -> {
			second().ended++;
			second().successes++;
		})
			.doOnError((error) -> second().ended++)
			.onErrorComplete()
			.doFinally((end) -> schedule(provider, THINKING))
			.subscribe();
	}

	private Second second() {
		int now = (int) TimeUnit.NANOSECONDS.toSeconds(this.time.callClock().nanos().getAsLong());
		while (this.seconds.size() <= now) {
			this.seconds.add(new Second());
		}
		return this.seconds.get(now);
	}

	private int firstSecondWithoutRetries(int from) {
		int second = from;
		while (this.seconds.get(second).attempts > this.seconds.get(second).calls
				|| this.seconds.get(second).ended < this.seconds.get(second).calls) {
			second++;
		}
		return second;
	}

	/** The first second from which on 99 of 100 calls that end are successes. */
	private int firstWellSecond(int from) {
		int second = this.seconds.size();
		while (second > from && this.seconds.get(second - 1).successes >= this.seconds.get(second - 1).ended * 0.99) {
			second--;
		}
		return second;
	}

	private Second sum(int from, int to) {
		Second sum = new Second();
		for (Second second : this.seconds.subList(from, to)) {
			sum.calls += second.calls;
			sum.attempts += second.attempts;
		}
		return sum;
	}

	/** What happened in one second. */
	private static final class Second {

		private int calls;

		private int attempts;

		private int ended;

		private int successes;

	}

}
