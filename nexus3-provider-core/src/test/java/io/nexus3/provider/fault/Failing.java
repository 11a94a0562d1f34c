package io.nexus3.provider.fault;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.nexus3.provider.AttemptFailure;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.behaviour.Scene.Streamed;
import io.nexus3.provider.test.http.Exchange;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every error of a call must say, whatever the fault.
 */
final class Failing {

	static final boolean[] MODES = { false, true };

	private static final int MOST_OF_A_BODY = 10 * 1024;

	private static final Duration SOON = Duration.ofSeconds(5);

	private Failing() {
	}

	/**
	 * The error of a call.
	 * @param status the status that the last attempt got, or null for none
	 * @param requests how many requests the server must have seen, each of them a failed
	 * attempt
	 */
	static ProviderException expect(Scene scene, boolean stream, ErrorKind kind, @Nullable Integer status,
			int requests) {
		ProviderException error = scene.error(stream);
		check(error, kind, status, requests);
		assertThat(error.partialOutput()).isFalse();
		assertThat(scene.requests()).isEqualTo(requests);
		return error;
	}

	/** The error of a stream that had begun: final, with what had come. */
	static ProviderException expectAfter(Scene scene, String text, ErrorKind kind) {
		Streamed streamed = scene.streamed();
		ProviderException error = streamed.error();
		assertThat(streamed.text()).isEqualTo(text);
		assertThat(streamed.completed()).isFalse();
		check(error, kind, 200, 1);
		assertThat(error.partialOutput()).isTrue();
		assertThat(error).hasMessageContaining("Partial output may have been displayed");
		assertThat(error.partialMessage()).isNotNull();
		assertThat(error.partialMessage().text()).isEqualTo(text);
		assertThat(scene.requests()).isEqualTo(1);
		return error;
	}

	static void check(@Nullable ProviderException error, ErrorKind kind, @Nullable Integer status, int attempts) {
		assertThat(error).isNotNull();
		assertThat(error.kind()).isEqualTo(kind);
		assertThat(error.status()).isEqualTo(status);
		assertThat(error.provider()).isEqualTo("test");
		assertThat(error.model()).isEqualTo("gpt");
		assertThat(error.elapsed().isNegative()).isFalse();
		assertThat(error.attempts()).extracting(AttemptFailure::number)
			.containsExactlyElementsOf(IntStream.rangeClosed(1, attempts).boxed().toList());
		if (attempts > 1) {
			assertThat(error).hasMessageContaining("after " + attempts + " attempts");
		}
		for (AttemptFailure attempt : error.attempts()) {
			assertThat(attempt.reason()).isNotBlank();
			assertThat(attempt.elapsed().isNegative()).isFalse();
		}
		String body = error.vendor().body();
		if (body != null) {
			assertThat(body.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(MOST_OF_A_BODY);
		}
		assertClean(error);
	}

	/** No key anywhere, and nothing that could forge a line of a log. */
	static void assertClean(ProviderException error) {
		List<@Nullable String> texts = new ArrayList<>();
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			texts.add(cause.toString());
		}
		texts.add(error.summary());
		texts.add(error.vendor().toString());
		error.attempts().forEach((attempt) -> texts.add(attempt.toString()));
		assertThat(texts).allSatisfy((text) -> assertThat(text).doesNotContain(Scene.KEY));
		assertPrintable(error.getMessage());
		assertPrintable(error.summary());
		error.attempts().forEach((attempt) -> assertPrintable(attempt.reason()));
	}

	static void assertPrintable(String text) {
		assertThat(text.chars().filter(Character::isISOControl).boxed().toList()).as(text).isEmpty();
	}

	/** Start a call; its text comes later. */
	static CompletableFuture<String> begin(Scene scene, boolean stream) {
		return stream ? scene.provider.stream("Hi").collectList().map(Scene::text).toFuture()
				: scene.provider.complete("Hi").map((message) -> message.text()).toFuture();
	}

	static <T> T soon(CompletableFuture<T> future) throws Exception {
		return future.get(SOON.toSeconds(), TimeUnit.SECONDS);
	}

	/** The client closes the connection of an exchange. */
	static Exchange closed(Scene scene, int index) throws Exception {
		Exchange exchange = scene.server.awaitExchange(index, SOON);
		soon(exchange.closedByClient());
		return exchange;
	}

}
