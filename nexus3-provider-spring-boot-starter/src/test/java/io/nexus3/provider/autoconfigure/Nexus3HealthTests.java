package io.nexus3.provider.autoconfigure;

import java.time.Duration;

import io.nexus3.provider.actuate.Nexus3Endpoint;
import io.nexus3.provider.config.InvalidConfigurationException;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.http.ScriptedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When health and the endpoint are there.
 */
class Nexus3HealthTests {

	private static final String CONTRIBUTOR = "nexus3HealthContributor";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, WebClientAutoConfiguration.class,
				Nexus3AutoConfiguration.class, Nexus3HealthAutoConfiguration.class,
				Nexus3EndpointAutoConfiguration.class))
		.withPropertyValues("nexus3.providers.openai.api-key=sk-test", "nexus3.providers.box.type=ollama",
				"management.endpoints.web.exposure.include=*");

	private static Health health(ReactiveHealthContributor contributor, String provider) {
		ReactiveHealthIndicator indicator = (ReactiveHealthIndicator) ((CompositeReactiveHealthContributor) contributor)
			.getContributor(provider);
		return indicator.health().block(Duration.ofSeconds(20));
	}

	@Test
	void everyProviderHasAnEntry() {
		this.runner.run((context) -> {
			CompositeReactiveHealthContributor contributor = context.getBean(CONTRIBUTOR,
					CompositeReactiveHealthContributor.class);
			assertThat(contributor.stream().map((entry) -> entry.name())).containsExactly("openai", "box");
			assertThat(health(contributor, "box").getStatus()).isEqualTo(Status.UNKNOWN);
		});
	}

	@Test
	void healthCanBeTurnedOff() {
		this.runner.withPropertyValues("management.health.nexus3.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(CONTRIBUTOR));
	}

	@Test
	void thereIsNoHealthWithoutItsLibrary() {
		this.runner.withClassLoader(new FilteredClassLoader(ReactiveHealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(CONTRIBUTOR));
	}

	@Test
	void thereIsNothingWhereTheLayerIsTurnedOff() {
		this.runner.withPropertyValues("nexus3.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(CONTRIBUTOR)
				.doesNotHaveBean(Nexus3Endpoint.class));
	}

	@Test
	void theContributorOfTheApplicationWins() {
		ReactiveHealthIndicator own = () -> Mono.just(Health.up().build());
		this.runner.withBean(CONTRIBUTOR, ReactiveHealthContributor.class, () -> own)
			.run((context) -> assertThat(context.getBean(CONTRIBUTOR)).isSameAs(own));
	}

	@Test
	void theStatusOfAMissingKeyIsASetting() {
		this.runner
			.withPropertyValues("nexus3.providers.openai.api-key=",
					"nexus3.providers.openai.api-key-env=NOT_SET_ANYWHERE", "nexus3.health.missing-key-status=DOWN")
			.run((context) -> assertThat(
					health(context.getBean(CONTRIBUTOR, ReactiveHealthContributor.class), "openai").getStatus())
				.isEqualTo(Status.DOWN));
	}

	@Test
	void aProbeIsSentWhereItIsWanted() {
		try (ScriptedServer server = ScriptedServer.start((request) -> ScriptedResponse.json(200, "{\"data\":[]}"))) {
			this.runner
				.withPropertyValues("nexus3.health.probe.enabled=true",
						"nexus3.providers.openai.base-url=" + server.baseUrl() + "/v1")
				.run((context) -> {
					ReactiveHealthContributor contributor = context.getBean(CONTRIBUTOR,
							ReactiveHealthContributor.class);
					assertThat(health(contributor, "openai").getStatus()).isEqualTo(Status.UP);
					assertThat(health(contributor, "openai").getStatus()).isEqualTo(Status.UP);
					assertThat(server.requests()).hasSize(1);
					assertThat(server.requests().get(0).path()).isEqualTo("/v1/models");
				});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "failures-in-a-row=0", "window=0s", "probe.timeout=0s", "probe.cache=-1s",
			"missing-key-status=" })
	void valuesOutOfRangeAreToldWithTheirProperty(String setting) {
		this.runner.withPropertyValues("nexus3.health." + setting)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationException.class)
				.hasMessageContaining("nexus3.health." + setting.substring(0, setting.indexOf('='))));
	}

	@Test
	void theEndpointIsThereWhenItIsExposed() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(Nexus3Endpoint.class));
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).doesNotHaveBean(Nexus3Endpoint.class));
	}

	@Test
	void theEndpointCanBeTurnedOff() {
		this.runner.withPropertyValues("management.endpoint.nexus3.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(Nexus3Endpoint.class));
	}

	@Test
	void thereIsNoEndpointWithoutActuator() {
		this.runner.withClassLoader(new FilteredClassLoader(Endpoint.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(Nexus3Endpoint.class)
				.doesNotHaveBean(SanitizingFunction.class));
	}

	@Test
	void keysAreMaskedElsewhereEvenIfTheEndpointIsNotExposed() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).hasSingleBean(SanitizingFunction.class));
	}

}
