package io.nexus3.provider.observation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.nexus3.provider.AsyncProvider;
import io.nexus3.provider.behaviour.Arrivals;
import io.nexus3.provider.config.ModelConfig;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.config.RetrySettings;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.http.ScriptedServer;
import io.nexus3.provider.transport.HttpTransports;
import org.jspecify.annotations.Nullable;

/**
 * A scripted server, a registry with one provider that talks to it, and everything that
 * Micrometer is told of its calls. Time stands still until a test turns it; retries wait
 * a millisecond.
 */
final class ObservedScene implements AutoCloseable {

	static final Duration WATCHDOG = Duration.ofSeconds(20);

	final MockClock clock = new MockClock();

	final MeterRegistry meters;

	final TestObservationRegistry observations = TestObservationRegistry.create();

	final List<AttemptObservationContext> attempts = new CopyOnWriteArrayList<>();

	final ScriptedServer server;

	final ProviderRegistry registry;

	final AsyncProvider provider;

	private final Arrivals<ChatObservationContext> ended = new Arrivals<>();

	private final Setup setup;

	private ObservedScene(Setup setup, ScriptedResponse... answers) {
		this.server = ScriptedServer.start((request) -> answers[Math.min(request.order(), answers.length - 1)]);
		this.meters = (setup.meters != null) ? setup.meters : new SimpleMeterRegistry(SimpleConfig.DEFAULT, this.clock);
		this.meters.config().meterFilter(new ProviderBuckets());
		// The last to be asked is the first to be told of an end.
		this.observations.observationConfig()
			.observationHandler(new Ends())
			.observationHandler(new DefaultMeterObservationHandler(this.meters));
		String path = setup.type.equals("openai") ? "/v1" : "";
		ProviderConfig config = ProviderConfig.of("box", setup.type)
			.withBaseUrl(this.server.baseUrl() + path)
			.withApiKey("sk-observed")
			.withRetry(new RetrySettings(3, 1, Duration.ofMillis(1), Duration.ofSeconds(60), 500, true));
		this.setup = setup;
		this.registry = registryOf(config);
		this.provider = this.registry.getForModel("fast");
	}

	/** A registry of one more provider, with the same listeners. */
	ProviderRegistry registryOf(ProviderConfig config) {
		return ProviderRegistry
			.builder(ProvidersConfig.of(List.of(config), List.of(ModelConfig.of("fast", "box", "model-1")), null))
			.listeners(List.of(new MeterCallListener(this.meters, this.setup.settings.labels()),
					new ObservationCallListener(this.observations, this.setup.settings, this.setup.chat, null,
							this.clock::monotonicTime)))
			.transports(new HttpTransports().withPoolListeners(List.of(new PoolMeters(this.meters))))
			.build();
	}

	static ObservedScene of(ScriptedResponse... answers) {
		return new Setup().scene(answers);
	}

	static ObservedScene anthropic(ScriptedResponse... answers) {
		return new Setup().type("anthropic").scene(answers);
	}

	/** Make a call that must end well, and wait until it is told. */
	ChatObservationContext call(boolean stream) {
		if (stream) {
			this.provider.stream("Hi").blockLast(WATCHDOG);
		}
		else {
			this.provider.complete("Hi").block(WATCHDOG);
		}
		return awaitEnd();
	}

	/** Wait until the next call has ended for everybody who is told. */
	ChatObservationContext awaitEnd() {
		try {
			return this.ended.next(WATCHDOG);
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	double count(ProviderMeter meter, String... tags) {
		return this.meters.get(meter.getName()).tags(tags).counter().count();
	}

	static Map<String, String> labels(Observation.Context context) {
		return map(context.getLowCardinalityKeyValues());
	}

	static Map<String, String> details(Observation.Context context) {
		return map(context.getHighCardinalityKeyValues());
	}

	private static Map<String, String> map(KeyValues values) {
		return values.stream().collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
	}

	@Override
	public void close() {
		this.registry.close();
		this.server.close();
	}

	private final class Ends implements ObservationHandler<Observation.Context> {

		@Override
		public void onStop(Observation.Context context) {
			if (context instanceof AttemptObservationContext attempt) {
				ObservedScene.this.attempts.add(attempt);
			}
			else if (context instanceof ChatObservationContext chat) {
				ObservedScene.this.ended.add(chat);
			}
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

	/** What differs from the usual scene. */
	static final class Setup {

		private String type = "openai";

		private ObservationSettings settings = ObservationSettings.defaults();

		private @Nullable ChatObservationConvention chat;

		private @Nullable MeterRegistry meters;

		Setup type(String type) {
			this.type = type;
			return this;
		}

		Setup settings(ObservationSettings settings) {
			this.settings = settings;
			return this;
		}

		Setup convention(ChatObservationConvention chat) {
			this.chat = chat;
			return this;
		}

		Setup meters(MeterRegistry meters) {
			this.meters = meters;
			return this;
		}

		ObservedScene scene(ScriptedResponse... answers) {
			return new ObservedScene(this, answers);
		}

	}

}
