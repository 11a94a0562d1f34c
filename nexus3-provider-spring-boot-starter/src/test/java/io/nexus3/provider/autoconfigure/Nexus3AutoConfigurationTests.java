package io.nexus3.provider.autoconfigure;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import io.nexus3.provider.actuate.ProviderRefresh;
import io.nexus3.provider.actuate.RecentCalls;
import io.nexus3.provider.config.InvalidConfigurationException;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.type.ProviderType;
import io.nexus3.provider.type.ProviderTypes;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

class Nexus3AutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(SslAutoConfiguration.class, WebClientAutoConfiguration.class, Nexus3AutoConfiguration.class));

	@Test
	void anApplicationWithoutConfigurationStarts() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(ProviderRegistry.class);
			assertThat(context.getBean(ProvidersConfig.class).providers()).isEmpty();
		});
	}

	@Test
	void theRegistryIsMadeOfTheBoundConfiguration() {
		this.runner.withPropertyValues("nexus3.providers.openai.api-key=k", "nexus3.models.fast.model-id=gpt-5")
			.run((context) -> assertThat(context.getBean(ProviderRegistry.class).config())
				.isSameAs(context.getBean(ProvidersConfig.class)));
	}

	@Test
	void noProviderIsMadeBeforeItsFirstUse() {
		List<String> made = new ArrayList<>();
		this.runner
			.withPropertyValues("nexus3.providers.ollama.type=ollama", "nexus3.providers.openai.api-key=k",
					"nexus3.models.local.provider=ollama", "nexus3.models.local.model-id=llama")
			.withBean(ProviderWebClientCustomizer.class, () -> (provider, builder) -> made.add(provider))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(made).isEmpty();
				context.getBean(ProviderRegistry.class).getForModel("local");
				assertThat(made).containsExactly("ollama");
			});
	}

	@Test
	void nothingIsSetUpWhenTurnedOff() {
		this.runner.withPropertyValues("nexus3.enabled=false", "nexus3.unknown=1")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ProviderRegistry.class)
				.doesNotHaveBean(Nexus3Properties.class));
	}

	@Test
	void nothingIsSetUpWithoutWebClient() {
		this.runner.withClassLoader(new FilteredClassLoader(WebClient.class))
			.run((context) -> assertThat(context).doesNotHaveBean(ProviderRegistry.class));
	}

	@Test
	void theRegistryOfTheApplicationWins() {
		ProviderRegistry own = ProviderRegistry.builder(ProvidersConfig.of(List.of(), List.of(), null)).build();
		this.runner.withBean("own", ProviderRegistry.class, () -> own)
			.run((context) -> assertThat(context).getBean(ProviderRegistry.class).isSameAs(own));
	}

	@Test
	void theConfigurationOfTheApplicationWins() {
		ProvidersConfig own = ProvidersConfig.of(List.of(ProviderConfig.of("mine", "ollama")), List.of(), null);
		this.runner.withBean("own", ProvidersConfig.class, () -> own).run((context) -> {
			assertThat(context).getBean(ProvidersConfig.class).isSameAs(own);
			assertThat(context.getBean(ProviderRegistry.class).config()).isSameAs(own);
		});
	}

	@Test
	void theMemoryOfCallsOfTheApplicationWins() {
		RecentCalls own = new RecentCalls(InstantSource.system());
		this.runner.withBean("own", RecentCalls.class, () -> own)
			.run((context) -> assertThat(context).getBean(RecentCalls.class).isSameAs(own));
	}

	@Test
	void theRefreshOfTheApplicationWins() {
		ProviderRefresh own = (provider) -> true;
		this.runner.withBean("own", ProviderRefresh.class, () -> own)
			.run((context) -> assertThat(context).getBean(ProviderRefresh.class).isSameAs(own));
	}

	@Test
	void nothingNeedsAValidator() {
		this.runner.withClassLoader(new FilteredClassLoader("jakarta.validation", "org.hibernate.validator"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(ProviderRegistry.class));
	}

	@Test
	void providersOfTheApplicationAreAddedToTheBoundOnes() {
		this.runner
			.withPropertyValues("nexus3.providers.openai.api-key=k", "nexus3.models.local.provider=box",
					"nexus3.models.local.model-id=llama")
			.withBean("box", ProviderConfig.class, () -> ProviderConfig.of("box", "ollama"))
			.run((context) -> {
				ProvidersConfig config = context.getBean(ProvidersConfig.class);
				assertThat(config.providers()).containsOnlyKeys("openai", "box");
				assertThat(config.models().get("local").provider()).isEqualTo("box");
			});
	}

	@Test
	void aMistakeInAProviderOfTheApplicationIsTold() {
		this.runner.withBean("box", ProviderConfig.class, () -> ProviderConfig.of("box", "azure"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationException.class)
				.hasMessageContaining("nexus3.providers.box.base-url"));
	}

	@Test
	void typesOfTheApplicationAreKnown() {
		ProviderType openAi = ProviderTypes.builtIn().find("openai");
		this.runner
			.withBean(ProviderType.class,
					() -> new ProviderType("acme", openAi.defaults(), openAi.routing(), openAi.protocol()))
			.withPropertyValues("nexus3.providers.box.type=acme")
			.run((context) -> assertThat(context).hasNotFailed()
				.getBean(ProvidersConfig.class)
				.extracting((config) -> config.providers().get("box").type())
				.isEqualTo("acme"));
	}

	@Test
	void noSecretIsInTheTextOfTheProperties() {
		this.runner
			.withPropertyValues("nexus3.providers.openai.api-key=geheim1",
					"nexus3.providers.openai.extra-headers.X-Gateway=geheim2",
					"nexus3.providers.openai.extra-body.key=geheim3", "nexus3.providers.openai.proxy.host=p",
					"nexus3.providers.openai.proxy.port=1", "nexus3.providers.openai.proxy.password=geheim4",
					"nexus3.models.m.model-id=gpt-5", "nexus3.models.m.extra-headers.X-Gateway=geheim5",
					"nexus3.models.m.extra-body.key=geheim6")
			.run((context) -> {
				Nexus3Properties properties = context.getBean(Nexus3Properties.class);
				assertThat(properties.toString()).contains("openai", "gpt-5").doesNotContain("geheim");
				assertThat(properties.providers().get("openai").proxy().toString()).doesNotContain("geheim");
			});
	}

}
