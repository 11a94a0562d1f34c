package io.nexus3.provider.behaviour;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.nexus3.provider.CallTimeouts;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.config.ModelConfig;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.config.Timeouts;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.ScriptedResponse;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Clocks of a provider, a model and a call.
 */
class CallTimeoutsBehaviourTests {

	@ParameterizedTest
	@CsvSource({ "false,false,60", "true,false,20", "true,true,5", "false,true,5" })
	@DisplayName("1: each clock is the call's, else the model's, else the provider's")
	void takesTheNearestClock(boolean byModel, boolean byCall, int seconds) throws Exception {
		TurnableClock time = new TurnableClock();
		ScriptedResponse silent = ScriptedResponse.sse().withEnding(Ending.STALL);
		try (Scene scene = Scene.of(Scene.retrying(0), silent);
				ProviderRegistry registry = ProviderRegistry.builder(config(scene, byModel))
					.clock(time.callClock())
					.build()) {
			RequestOptions options = RequestOptions.defaults()
				.withTimeouts(byCall ? idle(5) : CallTimeouts.unset().withStall(Duration.ofSeconds(1)));
			CompletableFuture<Throwable> end = registry.getForModel("m")
				.stream(CompletionRequest.of("Hi").withOptions(options))
				.then()
				.toFuture()
				.handle((nothing, ex) -> ex);
			time.awaitTimer(Duration.ofSeconds(seconds));
			time.advance(Duration.ofSeconds(seconds));
			ProviderException error = (ProviderException) end.get(10, TimeUnit.SECONDS);
			assertThat(error.kind()).isEqualTo(ErrorKind.TIMEOUT);
			assertThat(error).hasMessageContaining("idle").hasMessageContaining("PT");
		}
	}

	private static ProvidersConfig config(Scene scene, boolean byModel) {
		ModelConfig model = ModelConfig.of("m", "test", "gpt");
		return ProvidersConfig.of(List.copyOf(scene.registry.config().providers().values()),
				List.of(byModel ? model.withOptions(RequestOptions.defaults().withTimeouts(idle(20))) : model), null)
			.withShutdownGrace(Duration.ZERO);
	}

	private static CallTimeouts idle(int seconds) {
		return CallTimeouts.unset().withIdle(Duration.ofSeconds(seconds));
	}

	@Test
	@DisplayName("1: clocks are layered field by field")
	void layersFieldByField() {
		CallTimeouts call = CallTimeouts.unset().withStall(Duration.ofSeconds(1)).withResponse(Duration.ofSeconds(2));
		CallTimeouts model = CallTimeouts.unset().withStall(Duration.ofSeconds(9)).withTotal(Duration.ofSeconds(3));
		Timeouts clocks = Timeouts.defaults().withFirstEvent(Duration.ofSeconds(4)).with(call.over(model));
		assertThat(clocks).isEqualTo(Timeouts.defaults()
			.withFirstEvent(Duration.ofSeconds(4))
			.withStall(Duration.ofSeconds(1))
			.withResponse(Duration.ofSeconds(2))
			.withTotal(Duration.ofSeconds(3)));
		assertThat(Timeouts.defaults().with(CallTimeouts.unset())).isEqualTo(Timeouts.defaults());
	}

	@Test
	@DisplayName("2: a clock that is not positive is refused by its name")
	void refusesClocksThatAreNotPositive() {
		assertThatIllegalArgumentException().isThrownBy(() -> CallTimeouts.unset().withIdle(Duration.ZERO))
			.withMessageContaining("idle");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> CallTimeouts.unset().withFirstEvent(Duration.ofSeconds(-1)))
			.withMessageContaining("first-event");
	}

}
