package io.nexus3.provider.autoconfigure;

import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.nexus3.provider.config.InvalidConfigurationException;
import io.nexus3.provider.observation.ChatObservationContext;
import io.nexus3.provider.observation.ChatObservationConvention;
import io.nexus3.provider.observation.DefaultChatObservationConvention;
import io.nexus3.provider.observation.MeterCallListener;
import io.nexus3.provider.observation.ModelLabels;
import io.nexus3.provider.observation.ObservationCallListener;
import io.nexus3.provider.observation.PoolMeters;
import io.nexus3.provider.observation.ProviderBuckets;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.test.Dialect;
import io.nexus3.provider.test.SimulatedProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

class Nexus3ObservationTests {

	private static final Duration WAIT = Duration.ofSeconds(20);

	private final SimulatedProvider server = SimulatedProvider.start(Dialect.OPENAI);

	private final ApplicationContextRunner bare = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, WebClientAutoConfiguration.class,
				Nexus3AutoConfiguration.class, Nexus3ObservationAutoConfiguration.class))
		.withPropertyValues("nexus3.providers.box.type=openai",
				"nexus3.providers.box.base-url=" + this.server.baseUrl(), "nexus3.providers.box.api-key=sk-test",
				"nexus3.models.fast.provider=box", "nexus3.models.fast.model-id=model-1");

	private final ApplicationContextRunner runner = this.bare
		.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class, MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class));

	@AfterEach
	void stop() {
		this.server.close();
	}

	private static void call(ProviderRegistry registry) {
		registry.getForModel("fast").stream("Hello").blockLast(WAIT);
	}

	@Test
	void callsAreMeasured() {
		this.runner.run((context) -> {
			call(context.getBean(ProviderRegistry.class));
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.get("gen_ai.client.operation.duration")
				.tags("gen_ai.request.model", "model-1", "nexus3.provider", "box", "nexus3.outcome", "completed")
				.timer()
				.count()).isEqualTo(1);
			assertThat(meters.get("nexus3.provider.attempts").summary().totalAmount()).isEqualTo(1);
			assertThat(meters.get("nexus3.provider.connections.max").gauge().value()).isEqualTo(4096);
		});
	}

	@Test
	void histogramsHaveTheBucketsOfOpenTelemetry() {
		this.runner.run((context) -> {
			call(context.getBean(ProviderRegistry.class));
			assertThat(context.getBean(MeterRegistry.class)
				.get("gen_ai.client.operation.duration")
				.timer()
				.takeSnapshot()
				.histogramCounts()).hasSize(14);
		});
	}

	@Test
	void bucketsThatAreConfiguredWin() {
		this.runner.withPropertyValues("management.metrics.distribution.slo.gen_ai.client.operation.duration=100ms,1s")
			.run((context) -> {
				call(context.getBean(ProviderRegistry.class));
				assertThat(context.getBean(MeterRegistry.class)
					.get("gen_ai.client.operation.duration")
					.timer()
					.takeSnapshot()
					.histogramCounts()).hasSize(2);
			});
	}

	@Test
	void nothingIsMeasuredWithoutRegistries() {
		this.bare.run((context) -> {
			assertThat(context).hasNotFailed()
				.doesNotHaveBean(ObservationCallListener.class)
				.doesNotHaveBean(MeterCallListener.class)
				.doesNotHaveBean(PoolMeters.class);
			call(context.getBean(ProviderRegistry.class));
			assertThat(this.server.requests()).hasSize(1);
		});
	}

	@Test
	void callsAreObservedWithoutMeters() {
		this.bare.withBean(ObservationRegistry.class, ObservationRegistry::create)
			.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> {
				assertThat(context).hasSingleBean(ObservationCallListener.class)
					.doesNotHaveBean("nexus3ProviderBuckets")
					.doesNotHaveBean("nexus3MeterCallListener");
				call(context.getBean(ProviderRegistry.class));
				assertThat(this.server.requests()).hasSize(1);
			});
	}

	@Test
	void nothingIsMeasuredWhenTurnedOff() {
		this.runner.withPropertyValues("nexus3.observations.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(ProviderRegistry.class)
				.doesNotHaveBean(ObservationCallListener.class)
				.doesNotHaveBean(MeterCallListener.class)
				.doesNotHaveBean(ProviderBuckets.class));
	}

	@Test
	void nothingIsMeasuredWhenTheLibraryIsTurnedOff() {
		this.runner.withPropertyValues("nexus3.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ModelLabels.class));
	}

	@Test
	void namesOfTheApplicationWin() {
		this.runner.withBean(ChatObservationConvention.class, Renamed::new).run((context) -> {
			call(context.getBean(ProviderRegistry.class));
			assertThat(context.getBean(MeterRegistry.class).get("my.calls").timer().count()).isEqualTo(1);
		});
	}

	@Test
	void theNumberOfModelsIsASetting() {
		this.runner.withPropertyValues("nexus3.observations.max-models=1").run((context) -> {
			ModelLabels labels = context.getBean(ModelLabels.class);
			assertThat(labels.requested("a")).isEqualTo("a");
			assertThat(labels.requested("b")).isEqualTo("other");
		});
	}

	@Test
	void thereMustBeRoomForOneModel() {
		this.runner.withPropertyValues("nexus3.observations.max-models=0")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationException.class)
				.hasMessageContaining("nexus3.observations.max-models"));
	}

	@Test
	void beansOfTheApplicationWin() {
		ModelLabels own = new ModelLabels(7);
		this.runner.withBean("own", ModelLabels.class, () -> own)
			.run((context) -> assertThat(context).getBean(ModelLabels.class).isSameAs(own));
	}

	private static final class Renamed extends DefaultChatObservationConvention {

		@Override
		public String getName() {
			return "my.calls";
		}

		@Override
		public String getContextualName(ChatObservationContext context) {
			return "mine";
		}

	}

}
