package io.nexus3.provider.behaviour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.AsyncProvider;
import io.nexus3.provider.ContentDelta;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.StreamComplete;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.config.ModelConfig;
import io.nexus3.provider.config.PoolSettings;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.config.RetrySettings;
import io.nexus3.provider.config.TlsSettings;
import io.nexus3.provider.guard.Canary;
import io.nexus3.provider.registry.CallClock;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.test.http.ReceivedRequest;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.http.ScriptedServer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A scripted server and a registry with one provider that talks to it. Retries wait a
 * millisecond unless a clock is given.
 */
public final class Scene implements AutoCloseable {

	public static final String KEY = Canary.KEY;

	public static final Duration WATCHDOG = Duration.ofSeconds(20);

	public final ScriptedServer server;

	public final RecordedTrace trace = new RecordedTrace();

	public final ProviderRegistry registry;

	public final AsyncProvider provider;

	private Scene(ScriptedServer server, String type, UnaryOperator<ProviderConfig> settings, CallClock clock,
			Duration grace) {
		this.server = server;
		ProviderConfig config = settings.apply(provider(type, server.baseUrl()));
		this.registry = ProviderRegistry
			.builder(ProvidersConfig.of(List.of(config), List.of(ModelConfig.of("alias", "test", "gpt")), null)
				.withShutdownGrace(grace))
			.listeners(List.of(this.trace))
			.clock(clock)
			.build();
		this.provider = this.registry.getForModel("alias");
	}

	/** ServedAnswers in this order; the last one repeats. */
	public static Scene of(ScriptedResponse... answers) {
		return of((config) -> config, answers);
	}

	public static Scene of(UnaryOperator<ProviderConfig> settings, ScriptedResponse... answers) {
		return of(settings, CallClock.system(), answers);
	}

	public static Scene of(UnaryOperator<ProviderConfig> settings, CallClock clock, ScriptedResponse... answers) {
		return answering(settings, clock, (request) -> answers[Math.min(request.order(), answers.length - 1)]);
	}

	public static Scene answering(UnaryOperator<ProviderConfig> settings, CallClock clock,
			Function<ReceivedRequest, ScriptedResponse> handler) {
		return answering("openai", settings, clock, handler);
	}

	/** With a provider of another type. */
	public static Scene answering(String type, UnaryOperator<ProviderConfig> settings, CallClock clock,
			Function<ReceivedRequest, ScriptedResponse> handler) {
		return new Scene(ScriptedServer.start(handler), type, settings, clock, Duration.ZERO);
	}

	/** Where calls may go on for a while when the registry is closed. */
	public static Scene graceful(String type, Duration grace, Function<ReceivedRequest, ScriptedResponse> handler) {
		return new Scene(ScriptedServer.start(handler), type, retrying(0), CallClock.system(), grace);
	}

	/** The provider of a scene, for servers of another make. */
	public static ProviderConfig provider(String type, String serverUrl) {
		return ProviderConfig.of("test", type).withBaseUrl(serverUrl + "/v1").withApiKey(KEY).withRetry(retries(3));
	}

	/** Retries that wait a millisecond. */
	public static RetrySettings retries(int max) {
		return new RetrySettings(max, 1, Duration.ofMillis(1), Duration.ofSeconds(60), 500, true);
	}

	public static UnaryOperator<ProviderConfig> retrying(int max) {
		return (config) -> config.withRetry(retries(max));
	}

	/** So few connections that a call must take the one that the last call left. */
	public static UnaryOperator<ProviderConfig> pooled(int retries, int connections) {
		PoolSettings pool = new PoolSettings(connections, Duration.ofSeconds(10), Duration.ofSeconds(30),
				Duration.ofMinutes(10));
		return (config) -> config.withRetry(retries(retries))
			.withConnections(new ProviderConfig.Connections(pool, TlsSettings.defaults(), null));
	}

	public AssistantMessage complete() {
		return this.provider.complete("Hi").block(WATCHDOG);
	}

	/** The text of a stream that must end well. */
	public String stream() {
		return this.provider.stream("Hi").collectList().map(Scene::text).block(WATCHDOG);
	}

	/** The answer's text in either mode. */
	public String call(boolean stream) {
		return stream ? stream() : complete().text();
	}

	public ProviderException completeError() {
		return catchThrowableOfType(ProviderException.class, this::complete);
	}

	/** The error of a call in either mode. */
	public ProviderException error(boolean stream) {
		return stream ? streamed().error() : completeError();
	}

	/** Everything that a stream gives. */
	public Streamed streamed() {
		return streamed(this.provider.stream("Hi"));
	}

	public static Streamed streamed(Flux<StreamEvent> stream) {
		List<StreamEvent> events = new ArrayList<>();
		ProviderException error = catchThrowableOfType(ProviderException.class,
				() -> stream.doOnNext(events::add).blockLast(WATCHDOG));
		return new Streamed(events, error);
	}

	public static String text(List<StreamEvent> events) {
		StringBuilder text = new StringBuilder();
		events.forEach((event) -> text.append((event instanceof ContentDelta delta) ? delta.text() : ""));
		return text.toString();
	}

	public int requests() {
		return this.server.requests().size();
	}

	@Override
	public void close() {
		this.registry.close();
		this.server.close();
	}

	/**
	 * What a stream gave.
	 *
	 * @param events the events before the end
	 * @param error the error, or null
	 */
	public record Streamed(List<StreamEvent> events, @Nullable ProviderException error) {

		public String text() {
			return Scene.text(this.events);
		}

		public boolean completed() {
			return this.events.stream().anyMatch(StreamComplete.class::isInstance);
		}

	}

}
