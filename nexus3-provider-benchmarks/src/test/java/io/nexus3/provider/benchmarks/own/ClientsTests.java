package io.nexus3.provider.benchmarks.own;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.nexus3.provider.benchmarks.client.BenchmarkClient;
import io.nexus3.provider.benchmarks.client.BenchmarkClient.Api;
import io.nexus3.provider.benchmarks.server.Body;
import io.nexus3.provider.benchmarks.server.FakeProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A figure means something only if every client reads all that the fake provider sends.
 */
class ClientsTests {

	private static final int EVENTS = 50;

	private static final FakeProvider PROVIDER = new FakeProvider();

	@BeforeAll
	static void serve() {
		Thread thread = new Thread(PROVIDER::serve, "fake-provider");
		thread.setDaemon(true);
		thread.start();
	}

	@AfterAll
	static void close() {
		PROVIDER.close();
	}

	static Stream<Arguments> streams() {
		return Stream.of(new Nexus3Factory(), new WebClientFactory())
			.flatMap((factory) -> Stream.of(Body.OPENAI, Body.OBFUSCATED, Body.CHANGING, Body.ANTHROPIC)
				.map((body) -> Arguments.of(factory, body)));
	}

	private static String url(Body body, int events, long gapMicros) {
		return "http://localhost:" + PROVIDER.port() + "/" + body.path() + "/" + events + "/" + gapMicros;
	}

	@ParameterizedTest
	@MethodSource("streams")
	void everyEventOfABurstIsRead(BenchmarkClient.Factory factory, Body body) throws Exception {
		Api api = (body == Body.ANTHROPIC) ? Api.ANTHROPIC : Api.OPENAI;
		Counted answer = new Counted();
		factory.create(api, url(body, EVENTS, 0)).stream(answer);
		assertThat(answer.text()).startsWith(" the of model")
			.satisfies((text) -> assertThat(answer.pieces).isEqualTo(EVENTS));
	}

	@ParameterizedTest
	@MethodSource("streams")
	void everyPacedEventSaysWhenItWasWritten(BenchmarkClient.Factory factory, Body body) throws Exception {
		Api api = (body == Body.ANTHROPIC) ? Api.ANTHROPIC : Api.OPENAI;
		Counted answer = new Counted();
		factory.create(api, url(body, 5, 1000)).stream(answer);
		assertThat(answer.text()).matches("(@\\d{18}){5}");
	}

	@ParameterizedTest
	@EnumSource(value = Body.class, names = { "JSON", "BIG_ANSWER" })
	void aWholeAnswerIsRead(Body body) throws Exception {
		Counted answer = new Counted();
		new Nexus3Factory().create(Api.OPENAI, url(body, 1, 0)).complete(answer);
		assertThat(answer.text()).hasSizeGreaterThan(900);
	}

	@ParameterizedTest
	@EnumSource(value = Body.class, names = { "BIG_EVENT", "TOOLS" })
	void theOtherStreamsAreRead(Body body) throws Exception {
		Counted answer = new Counted();
		new Nexus3Factory().create(Api.OPENAI, url(body, 1, 0)).stream(answer);
		assertThat(answer.text()).isNotEmpty();
	}

	private static final class Counted implements BenchmarkClient.Answer {

		private final CompletableFuture<String> all = new CompletableFuture<>();

		private final StringBuilder text = new StringBuilder();

		private int pieces;

		@Override
		public void text(String text) {
			this.pieces++;
			this.text.append(text);
		}

		@Override
		public void done() {
			this.all.complete(this.text.toString());
		}

		@Override
		public void failed(Throwable error) {
			this.all.completeExceptionally(error);
		}

		String text() throws Exception {
			return this.all.get(60, TimeUnit.SECONDS);
		}

	}

}
