package io.nexus3.provider.autoconfigure;

import io.nexus3.provider.actuate.Nexus3Endpoint;
import org.junit.jupiter.api.Test;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What ahead-of-time processing makes of the starter. The sample's profile {@code aot}
 * runs the result.
 */
class Nexus3AotTests {

	private final InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();

	private RuntimeHints process() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			TestPropertyValues
				.of("nexus3.providers.ollama.pool.max-connections=10", "management.endpoints.web.exposure.include=*")
				.applyTo(context);
			context.register(SslAutoConfiguration.class, WebClientAutoConfiguration.class,
					Nexus3AutoConfiguration.class, Nexus3HealthAutoConfiguration.class,
					Nexus3EndpointAutoConfiguration.class);
			DefaultGenerationContext generation = new DefaultGenerationContext(
					new ClassNameGenerator(ClassName.get("com.example", "Application")), this.files);
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			generation.writeGeneratedContent();
			return generation.getRuntimeHints();
		}
	}

	@Test
	void propertiesCanBeBoundWithAllThatIsBelowThem() {
		RuntimeHints hints = process();
		for (Class<?> type : new Class<?>[] { Nexus3Properties.class, ProviderProperties.class,
				ProviderProperties.Retry.class, ProviderProperties.Proxy.class, ModelProperties.class,
				ModelProperties.Reasoning.class, OptionsProperties.class, TimeoutsProperties.class,
				HealthProperties.Probe.class, ObservationsProperties.class }) {
			assertThat(RuntimeHintsPredicates.reflection().onType(type)).as(type.getName()).accepts(hints);
			assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(type.getDeclaredConstructors()[0]))
				.as(type.getName())
				.accepts(hints);
		}
	}

	@Test
	void whatTheEndpointTellsCanBeWritten() {
		RuntimeHints hints = process();
		assertThat(RuntimeHintsPredicates.reflection().onType(Nexus3Endpoint.Description.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(Nexus3Endpoint.CallDescription.class)).accepts(hints);
	}

	@Test
	void theBeansAreMadeByCodeAndNotByReflection() {
		process();
		assertThat(this.files.getGeneratedFiles(Kind.SOURCE).keySet())
			.anyMatch((file) -> file.endsWith("Nexus3AutoConfiguration__BeanDefinitions.java"));
	}

}
