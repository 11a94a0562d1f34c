package io.nexus3.provider.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.http.ScriptedServer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What becomes of calls when the application ends.
 */
class Nexus3ShutdownTests {

	private static final String ANSWER = """
			{"choices":[{"index":0,"message":{"role":"assistant","content":"ok"},"finish_reason":"stop"}]}""";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, WebClientAutoConfiguration.class,
				Nexus3AutoConfiguration.class))
		.withPropertyValues("nexus3.providers.box.type=openai", "nexus3.providers.box.api-key=k",
				"nexus3.models.fast.model-id=m");

	@Test
	void theGraceIsFiveSecondsUnlessSet() {
		this.runner.run((context) -> assertThat(context.getBean(ProvidersConfig.class).shutdownGrace())
			.isEqualTo(Duration.ofSeconds(5)));
		this.runner.withPropertyValues("nexus3.shutdown-grace=0s")
			.run((context) -> assertThat(context.getBean(ProvidersConfig.class).shutdownGrace()).isZero());
	}

	@Test
	void aNegativeGraceIsAMistake() {
		this.runner.withPropertyValues("nexus3.shutdown-grace=-1s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("nexus3.shutdown-grace"));
	}

	@Test
	void aCallUnderWayEndsByItselfWhileTheContextCloses() {
		Gate held = new Gate();
		AtomicReference<ProviderRegistry> registry = new AtomicReference<>();
		CompletableFuture<AssistantMessage> call = new CompletableFuture<>();
		try (ScriptedServer server = ScriptedServer
			.start((request) -> ScriptedResponse.json(200, ANSWER).withHeadAfter(held))) {
			this.runner
				.withPropertyValues("nexus3.shutdown-grace=20s",
						"nexus3.providers.box.base-url=" + server.baseUrl() + "/v1")
				.run((context) -> {
					registry.set(context.getBean(ProviderRegistry.class));
					registry.get().getForModel().complete("Hi").subscribe(call::complete, call::completeExceptionally);
					held.reached().get(10, TimeUnit.SECONDS);
					CompletableFuture<Void> closed = CompletableFuture.runAsync(context::close);
					awaitRefusal(registry.get());
					assertThat(closed).isNotDone();
					held.open();
					closed.get(10, TimeUnit.SECONDS);
				});
			assertThat(call.get(5, TimeUnit.SECONDS).text()).isEqualTo("ok");
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

	/** Until the context has told the registry to close. */
	private static void awaitRefusal(ProviderRegistry registry) {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
		ProviderException refusal = null;
		while (refusal == null) {
			assertThat(System.nanoTime()).as("new calls are not refused").isLessThan(deadline);
			refusal = catchThrowableOfType(ProviderException.class, registry::getForModel);
			Thread.onSpinWait();
		}
		assertThat(refusal.kind()).isEqualTo(ErrorKind.CLOSED);
	}

	@Test
	void aContextThatIsStoppedAndStartedAgainKeepsItsRegistry() {
		try (ScriptedServer server = ScriptedServer.start((request) -> ScriptedResponse.json(200, ANSWER))) {
			this.runner.withPropertyValues("nexus3.providers.box.base-url=" + server.baseUrl() + "/v1")
				.run((context) -> {
					((ConfigurableApplicationContext) context.getSourceApplicationContext()).stop();
					((ConfigurableApplicationContext) context.getSourceApplicationContext()).start();
					assertThat(context.getBean(ProviderRegistry.class)
						.getForModel()
						.complete("Hi")
						.block(Duration.ofSeconds(10))
						.text()).isEqualTo("ok");
				});
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	void theConnectTimeoutOfAModelIsAMistake() {
		this.runner.withPropertyValues("nexus3.models.fast.timeouts.connect=1s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("nexus3.models.fast.timeouts.connect")
				.hasMessageContaining("at the provider"));
	}

	@Test
	void aModelSetsSingleClocks() {
		this.runner.withPropertyValues("nexus3.models.fast.timeouts.idle=7s").run((context) -> {
			ProvidersConfig config = context.getBean(ProvidersConfig.class);
			assertThat(List.copyOf(config.models().values())).singleElement()
				.satisfies((model) -> assertThat(model.calls().options().timeouts().idle())
					.isEqualTo(Duration.ofSeconds(7)));
		});
	}

}
