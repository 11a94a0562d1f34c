package io.nexus3.provider.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.nexus3.provider.AsyncProvider;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.test.Dialect;
import io.nexus3.provider.test.SimulatedProvider;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.WebClientObservationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spans as an exporter of OpenTelemetry gets them.
 */
class Nexus3TracingTests {

	private static final Duration WAIT = Duration.ofSeconds(20);

	private final SimulatedProvider server = SimulatedProvider.start(Dialect.OPENAI);

	private final AwaitedSpans exported = new AwaitedSpans();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, WebClientAutoConfiguration.class,
				Nexus3AutoConfiguration.class, Nexus3ObservationAutoConfiguration.class,
				ObservationAutoConfiguration.class, MicrometerTracingAutoConfiguration.class,
				OpenTelemetrySdkAutoConfiguration.class, OpenTelemetryTracingAutoConfiguration.class))
		.withBean(SpanProcessor.class, () -> SimpleSpanProcessor.create(this.exported))
		.withPropertyValues("management.tracing.sampling.probability=1", "nexus3.providers.box.type=openai",
				"nexus3.providers.box.base-url=" + this.server.baseUrl(), "nexus3.providers.box.api-key=sk-test",
				"nexus3.providers.box.retry.max-delay=1ms", "nexus3.models.fast.provider=box",
				"nexus3.models.fast.model-id=model-1");

	@AfterEach
	void stop() {
		this.server.close();
	}

	/** Do something below a span "caller", and look at the spans when all have ended. */
	private void trace(Consumer<Flux<?>> subscriber, Consumer<Spans> check) {
		trace(this.runner, subscriber, check);
	}

	private void trace(ApplicationContextRunner runner, Consumer<Flux<?>> subscriber, Consumer<Spans> check) {
		trace(runner, (provider) -> provider.stream("Hello"), subscriber, check);
	}

	private void trace(ApplicationContextRunner runner, Function<AsyncProvider, Flux<?>> call,
			Consumer<Flux<?>> subscriber, Consumer<Spans> check) {
		runner.run((context) -> {
			Observation caller = Observation.start("caller", context.getBean(ObservationRegistry.class));
			subscriber.accept(call.apply(context.getBean(ProviderRegistry.class).getForModel("fast"))
				.contextWrite((view) -> view.put(ObservationThreadLocalAccessor.KEY, caller)));
			this.exported.awaitChat();
			caller.stop();
			check.accept(new Spans(this.exported.finished()));
		});
	}

	@Test
	void aCallIsOneClientSpanBelowItsCaller() {
		trace((stream) -> stream.blockLast(WAIT), (spans) -> {
			SpanData chat = spans.onlyClientBelowTheCaller();
			assertThat(chat.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
			assertThat(Spans.attributes(chat))
				.contains(Map.entry("gen_ai.operation.name", "chat"), Map.entry("gen_ai.provider.name", "openai"),
						Map.entry("gen_ai.request.model", "model-1"), Map.entry("gen_ai.request.stream", "true"),
						Map.entry("server.address", "127.0.0.1"), Map.entry("nexus3.outcome", "completed"),
						Map.entry("nexus3.attempts", "1"))
				.containsKeys("gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens", "gen_ai.response.id",
						"gen_ai.response.time_to_first_chunk")
				.doesNotContainKeys("gen_ai.input.messages", "gen_ai.output.messages");
		});
	}

	@Test
	void aCallForOneMessageIsOneClientSpanBelowItsCallerToo() {
		trace(this.runner, (provider) -> provider.complete("Hello").flux(), (answer) -> answer.blockLast(WAIT),
				(spans) -> {
					SpanData chat = spans.onlyClientBelowTheCaller();
					assertThat(Spans.attributes(chat))
						.contains(Map.entry("gen_ai.request.stream", "false"), Map.entry("nexus3.outcome", "completed"))
						.containsKeys("gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens")
						.doesNotContainKey("gen_ai.response.time_to_first_chunk");
					assertThat(spans.named("attempt 1").getParentSpanId()).isEqualTo(chat.getSpanId());
				});
	}

	@Test
	void attemptsAreSpansBelowTheCall() {
		this.server.enqueue(ScriptedResponse.json(429, "{\"error\":{\"message\":\"slow down\"}}")
			.withHeader("x-request-id", "req-limited"));
		trace((stream) -> stream.blockLast(WAIT), (spans) -> {
			SpanData first = spans.named("attempt 1");
			SpanData second = spans.named("attempt 2");
			String chat = spans.onlyClientBelowTheCaller().getSpanId();
			assertThat(first.getParentSpanId()).isEqualTo(chat);
			assertThat(second.getParentSpanId()).isEqualTo(chat);
			assertThat(first.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
			assertThat(Spans.attributes(first)).contains(Map.entry("http.response.status_code", "429"),
					Map.entry("error.type", "rate_limit"), Map.entry("nexus3.attempt.request_id", "req-limited"));
			assertThat(Spans.attributes(second)).contains(Map.entry("http.response.status_code", "200"),
					Map.entry("nexus3.retry.reason", "rate_limit"), Map.entry("nexus3.retry.delay_ms", "1"));
		});
	}

	@Test
	void aCancelledStreamHasItsSpanToo() {
		this.server.enqueueChanged((usual) -> usual.withFirstWrites(2).thenAwait(new Gate()));
		trace((stream) -> stream.take(1).blockLast(WAIT), (spans) -> {
			SpanData chat = spans.onlyClientBelowTheCaller();
			SpanData attempt = spans.named("attempt 1");
			assertThat(Spans.attributes(chat))
				.contains(Map.entry("nexus3.outcome", "cancelled"), Map.entry("nexus3.attempts", "1"),
						Map.entry("error.type", "none"), Map.entry("gen_ai.request.model", "model-1"),
						Map.entry("gen_ai.request.stream", "true"))
				.containsKeys("gen_ai.response.id", "gen_ai.response.time_to_first_chunk")
				.doesNotContainKey("gen_ai.usage.output_tokens");
			assertThat(chat.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
			assertThat(attempt.getParentSpanId()).isEqualTo(chat.getSpanId());
			assertThat(Spans.attributes(attempt)).contains(Map.entry("nexus3.outcome", "cancelled"),
					Map.entry("http.response.status_code", "200"));
		});
	}

	@Test
	void aFailedCallIsAnErrorOfItsSpan() {
		this.server.enqueue(ScriptedResponse.json(400, "{\"error\":{\"message\":\"no\"}}"));
		trace((stream) -> stream.onErrorComplete().blockLast(WAIT), (spans) -> {
			SpanData chat = spans.onlyClientBelowTheCaller();
			assertThat(chat.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
			assertThat(Spans.attributes(chat)).contains(Map.entry("error.type", "invalid_request"),
					Map.entry("nexus3.outcome", "failed"));
		});
	}

	@Test
	void spansOfTheHttpClientAreBelowTheirAttempt() {
		trace(this.runner.withConfiguration(AutoConfigurations.of(WebClientObservationAutoConfiguration.class)),
				(stream) -> stream.blockLast(WAIT), (spans) -> {
					SpanData http = spans.named("http post");
					assertThat(http.getParentSpanId()).isEqualTo(spans.named("attempt 1").getSpanId());
				});
	}

	@Test
	void contentIsOnSpansWhereItIsWanted() {
		trace(this.runner.withPropertyValues("nexus3.observations.include-content=true"),
				(stream) -> stream.blockLast(WAIT),
				(spans) -> assertThat(Spans.attributes(spans.named("chat model-1")).get("gen_ai.input.messages"))
					.contains("Hello"));
	}

	/**
	 * What was exported.
	 *
	 * @param all all spans
	 */
	private record Spans(List<SpanData> all) {

		SpanData named(String name) {
			assertThat(this.all).extracting(SpanData::getName).containsOnlyOnce(name);
			return this.all.stream().filter((span) -> span.getName().equals(name)).findFirst().orElseThrow();
		}

		/** The span of the call, in the trace of whoever subscribed. */
		SpanData onlyClientBelowTheCaller() {
			SpanData chat = named("chat model-1");
			assertThat(this.all).filteredOn((span) -> span.getKind() == SpanKind.CLIENT).containsExactly(chat);
			assertThat(chat.getParentSpanId()).isEqualTo(named("caller").getSpanId());
			assertThat(this.all).extracting(SpanData::getTraceId).containsOnly(chat.getTraceId());
			return chat;
		}

		static Map<String, String> attributes(SpanData span) {
			return span.getAttributes()
				.asMap()
				.entrySet()
				.stream()
				.collect(Collectors.toMap((entry) -> entry.getKey().getKey(), (entry) -> "" + entry.getValue()));
		}

	}

}
