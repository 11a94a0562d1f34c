package io.nexus3.provider.test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.nexus3.provider.test.http.Http;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.http.ScriptedServer;
import io.nexus3.provider.test.recording.RecordedExchange;
import io.nexus3.provider.test.recording.RecordedExchanges;
import io.nexus3.provider.test.recording.RecordingProxy;
import io.nexus3.provider.test.script.Fault;
import io.nexus3.provider.test.script.ProviderScript;
import io.nexus3.provider.test.script.ScriptedAnswer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

class RecordingTests {

	private static final String KEY = "sk-very-secret-0123";

	private static final String STREAMED = ChatClient.with(ChatClient.user("Hello"), "stream", "true");

	private final SimulatedProvider real = SimulatedProvider.start(Dialect.OPENAI);

	private final SimulatedProvider replaying = SimulatedProvider.start(Dialect.OPENAI);

	@TempDir
	private Path folder;

	@AfterEach
	void stop() {
		this.real.close();
		this.replaying.close();
	}

	private RecordingProxy proxy() {
		return RecordingProxy.start(URI.create(this.real.baseUrl()), this.folder);
	}

	private static ChatClient through(RecordingProxy proxy) {
		return ChatClient.at(proxy.baseUrl() + "/chat/completions", "Authorization", "Bearer " + KEY);
	}

	private static String written(Path folder) throws IOException {
		StringBuilder all = new StringBuilder();
		try (Stream<Path> files = Files.walk(folder)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				all.append(Files.readString(file));
			}
		}
		return all.toString();
	}

	@Test
	void whatWasRecordedIsPlayedBackByItsRequest() throws Exception {
		String streamed;
		String whole;
		try (RecordingProxy proxy = proxy()) {
			streamed = through(proxy).send(STREAMED).body();
			whole = through(proxy).send(ChatClient.user("Bye")).body();
		}
		this.replaying.answerWith(RecordedExchanges.load(this.folder).matching());
		ChatClient client = ChatClient.of(this.replaying);
		assertThat(client.send(ChatClient.user("Bye")).body()).isEqualTo(whole).contains("Bye");
		assertThat(client.send(STREAMED).body()).isEqualTo(streamed).endsWith("data: [DONE]\n\n");
		assertThat(client.send(ChatClient.user("Unknown")).statusCode()).isEqualTo(404);
	}

	@Test
	void exchangesArePlayedInOrderWithTheirErrors() throws Exception {
		ProviderScript.on(this.real)
			.next()
			.answer(ScriptedAnswer.error(429, "slow down").withHeader("Retry-After", "3"))
			.then(ScriptedAnswer.text("Hello"));
		try (RecordingProxy proxy = proxy()) {
			through(proxy).send(ChatClient.user("Hi"));
			through(proxy).send(ChatClient.user("Hi"));
		}
		this.replaying.answerWith(RecordedExchanges.load(this.folder).inOrder());
		ChatClient client = ChatClient.of(this.replaying);
		HttpResponse<String> first = client.send("{}");
		assertThat(first.statusCode()).isEqualTo(429);
		assertThat(first.headers().firstValue("retry-after")).contains("3");
		assertThat(client.send("{}").body()).contains("Hello");
		assertThat(client.send("{}").body()).contains("All 2 recorded exchanges were played");
	}

	@Test
	void keysAreNeverWrittenWhereverTheyTurnUp() throws Exception {
		this.real.enqueue(ScriptedResponse.json(401, "{\"error\":\"wrong key " + KEY + "\"}")
			.withHeader("x-ratelimit-key", KEY)
			.withHeader("Set-Cookie", "session=abc"));
		try (RecordingProxy proxy = proxy()) {
			ChatClient
				.at(proxy.baseUrl() + "/chat/completions?api_key=other-secret&a=b", "Authorization", "Bearer " + KEY,
						"x-custom-token", "custom-secret", "Cookie", "id=cookie-secret")
				.send(ChatClient.user("My key is " + KEY + " and custom-secret"));
		}
		assertThat(this.real.requests().get(0).request().header("authorization")).isEqualTo("Bearer " + KEY);
		assertThat(written(this.folder))
			.doesNotContain(KEY, "other-secret", "custom-secret", "cookie-secret", "session=")
			.contains("wrong key xxxxxxxxxxxxxxxxxxx", "api_key=redacted&a=b", "\"status\" : 401");
	}

	@Test
	void anExchangeThatBrokeBreaksAgain() throws Exception {
		ProviderScript.on(this.real).next().answer(ScriptedAnswer.usual().withFault(Fault.cutAfter(3)));
		try (RecordingProxy proxy = proxy()) {
			assertThatIOException().isThrownBy(() -> through(proxy).send(STREAMED));
		}
		RecordedExchanges exchanges = RecordedExchanges.load(this.folder);
		assertThat(exchanges.named("0001-openai-sse").response().body()).hasSize(3);
		this.replaying.answerWith(exchanges.inOrder());
		assertThatIOException().isThrownBy(() -> ChatClient.of(this.replaying).send(STREAMED));
	}

	@Test
	void earlierRecordingsAreKept() throws Exception {
		for (int i = 0; i < 2; i++) {
			try (RecordingProxy proxy = proxy()) {
				through(proxy).send(STREAMED);
			}
		}
		assertThat(RecordedExchanges.load(this.folder).all()).extracting(RecordedExchange::name)
			.containsExactly("0001-openai-sse", "0002-openai-sse");
	}

	@Test
	void aServerThatIsAwayIsToldAndNotRecorded() throws Exception {
		this.real.close();
		try (RecordingProxy proxy = proxy()) {
			assertThat(through(proxy).send(STREAMED).statusCode()).isEqualTo(502);
		}
		assertThat(RecordedExchanges.load(this.folder).all()).isEmpty();
	}

	@Test
	void everyExchangeOfTheCorpusIsServedByteForByte() throws Exception {
		String given = System.getProperty("nexus3.wire.corpus");
		Path root = Path.of(System.getProperty("nexus3.project.root", ".."));
		Path corpus = root.resolve((given != null) ? given : "../shared/wire").normalize();
		if (given == null) {
			assumeThat(corpus).isDirectory();
		}
		List<RecordedExchange> all = RecordedExchanges.load(corpus).all();
		assertThat(all).isNotEmpty();
		List<String> wrong = new ArrayList<>();
		HttpClient client = Http.client();
		try (ScriptedServer server = ScriptedServer.start((request) -> all.get(request.order()).response())) {
			for (RecordedExchange exchange : all) {
				HttpResponse<byte[]> response = client.send(HttpRequest.newBuilder(server.uri("/")).build(),
						HttpResponse.BodyHandlers.ofByteArray());
				if (response.statusCode() != exchange.status()
						|| !Arrays.equals(response.body(), exchange.responseBody())) {
					wrong.add(exchange.name());
				}
			}
		}
		assertThat(wrong).isEmpty();
	}

}
