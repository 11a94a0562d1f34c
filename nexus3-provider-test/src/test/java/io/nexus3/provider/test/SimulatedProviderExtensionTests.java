package io.nexus3.provider.test;

import io.nexus3.provider.test.junit.SimulatedProviderTest;
import io.nexus3.provider.test.script.ProviderScript;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

import static io.nexus3.provider.test.script.RequestPattern.any;
import static io.nexus3.provider.test.script.ScriptedAnswer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

@SimulatedProviderTest(dialect = Dialect.OLLAMA, models = "sim-1")
class SimulatedProviderExtensionTests {

	private SimulatedProvider before;

	@BeforeEach
	void prepare(SimulatedProvider provider) {
		this.before = provider;
	}

	private static Events run(Class<?> type) {
		return EngineTestKit.engine("junit-jupiter")
			.configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false")
			.selectors(selectClass(type))
			.execute()
			.testEvents();
	}

	@Test
	void injectsTheProviderAndItsScript(SimulatedProvider provider, ProviderScript script) throws Exception {
		script.next().answer(text("Hello"));
		assertThat(provider).isSameAs(this.before);
		assertThat(provider.dialect()).isEqualTo(Dialect.OLLAMA);
		assertThat(ChatClient.of(provider).complete(ChatClient.user("Hi")).toString()).contains("Hello");
		script.received().count(1);
	}

	@Test
	void answersThatAreLeftFailTheTest() {
		run(LeftOver.class).assertThatEvents()
			.haveExactly(1, finishedWithFailure(message((text) -> text.contains("Not asked for: [text \"never\"]"))));
	}

	@Test
	void requestsThatNothingIsScriptedForFailTheTestIfOthersAreRefused() {
		run(Unscripted.class).assertThatEvents()
			.haveExactly(1, finishedWithFailure(message((text) -> text.contains("nothing was scripted for: 1"))));
	}

	@Test
	void oneProviderCanServeTheClassAndIsClearedBetweenTests() {
		run(Shared.class).assertStatistics((events) -> events.succeeded(2).failed(0));
	}

	@Test
	void aProviderPerTestIsNoParameterOfTheWholeClass() {
		assertThat(EngineTestKit.engine("junit-jupiter")
			.configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false")
			.selectors(selectClass(TooEarly.class))
			.execute()
			.containerEvents()
			.failed()
			.count()).isEqualTo(1);
	}

	@Nested
	class InNestedClasses {

		@Test
		void theSettingOfTheClassAroundHolds(SimulatedProvider provider) {
			assertThat(provider.dialect()).isEqualTo(Dialect.OLLAMA);
		}

	}

	@SimulatedProviderTest
	static class LeftOver {

		@Test
		void asksForNothing(ProviderScript script) {
			script.when(any().model("x")).answer(text("never"));
		}

	}

	@SimulatedProviderTest(refuseOthers = true)
	static class Unscripted {

		@Test
		void asks(SimulatedProvider provider) throws Exception {
			ChatClient.of(provider).send(ChatClient.user("Hi"));
		}

	}

	@SimulatedProviderTest(perClass = true, apiKey = "k")
	static class Shared {

		private static SimulatedProvider all;

		@BeforeAll
		static void takeProvider(SimulatedProvider provider) {
			all = provider;
		}

		@Test
		void first(SimulatedProvider provider) throws Exception {
			ask(provider);
		}

		@Test
		void second(SimulatedProvider provider) throws Exception {
			ask(provider);
		}

		private static void ask(SimulatedProvider provider) throws Exception {
			assertThat(provider).isSameAs(all);
			assertThat(ChatClient.of(provider).send(ChatClient.user("Hi")).statusCode()).isEqualTo(401);
			assertThat(provider.requests()).hasSize(1);
		}

	}

	@SimulatedProviderTest
	static class TooEarly {

		@BeforeAll
		static void takeProvider(SimulatedProvider provider) {
			throw new AssertionError("not reached, " + provider);
		}

		@Test
		void nothing() {
			throw new AssertionError("not reached");
		}

	}

}
