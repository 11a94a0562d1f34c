package io.nexus3.provider.test;

import java.net.http.HttpResponse;
import java.time.Duration;

import io.nexus3.provider.test.model.Pace;
import io.nexus3.provider.test.script.Fault;
import io.nexus3.provider.test.script.ProviderScript;
import io.nexus3.provider.test.script.ScriptedAnswer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.nexus3.provider.test.script.RequestPattern.any;
import static io.nexus3.provider.test.script.ScriptedAnswer.error;
import static io.nexus3.provider.test.script.ScriptedAnswer.text;
import static io.nexus3.provider.test.script.ScriptedAnswer.toolCall;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ProviderScriptTests {

	private static final String WEATHER = ChatClient.with(ChatClient.user("What's the Weather in Oslo?"), "tools",
			ChatClient.WEATHER_TOOL);

	private final SimulatedProvider provider = SimulatedProvider.start(Dialect.OPENAI);

	private final ProviderScript script = ProviderScript.on(this.provider);

	private final ChatClient client = ChatClient.of(this.provider);

	@AfterEach
	void stop() {
		this.provider.close();
	}

	private String content(String body) throws Exception {
		return this.client.complete(body).at("/choices/0/message/content").asString("");
	}

	@Test
	void theRequestThatFitsIsAnsweredInSequence() throws Exception {
		this.script.when(any().model("sim-1").userText("weather").offersTool("get_weather").turn(1))
			.answer(toolCall("get_weather", "{\"city\":\"Oslo\"}"))
			.then(text("21 degrees"));
		assertThat(content(ChatClient.user("Hello"))).startsWith("You wrote");
		assertThat(this.client.complete(WEATHER).at("/choices/0/message/tool_calls/0/function/arguments").asString(""))
			.isEqualTo("{\"city\":\"Oslo\"}");
		assertThat(content(WEATHER)).isEqualTo("21 degrees");
		this.script.verify();
	}

	@Test
	void anErrorCarriesItsHeadersAndTheRequestIsCounted() throws Exception {
		this.script.next().answer(error(429, "slow down").withHeader("Retry-After", "1")).then(text("Hello"));
		HttpResponse<String> refused = this.client.send(ChatClient.user("Hi"));
		assertThat(refused.statusCode()).isEqualTo(429);
		assertThat(refused.headers().firstValue("retry-after")).contains("1");
		assertThat(content(ChatClient.user("Hi"))).isEqualTo("Hello");
		this.script.received().count(2).attempts(0, 2).request(1, any().messages("user: Hi").tools().streamed(false));
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ANTHROPIC")
	void everyDialectSpeaksTheScriptedText(Dialect dialect) throws Exception {
		try (SimulatedProvider other = SimulatedProvider.start(dialect)) {
			ProviderScript.on(other).next().answer(text("Two words").withPace(Pace.of(Duration.ofMillis(1), 1000)));
			assertThat(ChatClient.of(other).stream(ChatClient.user("Hi")).joined("content")).isEqualTo("Two words");
		}
	}

	@Test
	void anthropicThinksAndIsReadAlike() throws Exception {
		try (SimulatedProvider other = SimulatedProvider.start(Dialect.ANTHROPIC)) {
			ProviderScript anthropic = ProviderScript.on(other);
			anthropic.when(any().systemText("brief").userText("hi")).answer(text("Hello"));
			String body = ChatClient.with(ChatClient.with(ChatClient.user("Hi"), "system", "\"Be brief\""),
					"max_tokens", "100");
			assertThat(ChatClient.of(other).complete(body).at("/content/0/text").asString("")).isEqualTo("Hello");
			anthropic.received().request(0, any().messages("system: Be brief", "user: Hi"));
		}
	}

	@Test
	void aStreamIsCutAfterSomeEvents() {
		this.script.next().answer(text("one two three four").withFault(Fault.cutAfter(3)));
		assertThatIOException().isThrownBy(() -> this.client.stream(ChatClient.user("Hi")));
	}

	@Test
	void anAnswerInOnePieceIsCutInTheMiddle() {
		this.script.next().answer(text("one two three four").withFault(Fault.cutAfter(3)));
		assertThatIOException().isThrownBy(() -> this.client.send(ChatClient.user("Hi")));
	}

	@Test
	void aConnectionIsReset() {
		this.script.next().answer(ScriptedAnswer.usual().withFault(Fault.resetAfter(2)));
		assertThatIOException().isThrownBy(() -> this.client.stream(ChatClient.user("Hi")));
	}

	@Test
	void aFloodComesAsOneLine() {
		this.script.next().answer(text("one").withFault(Fault.floodAfter(1, 100_000)));
		assertThatIOException().isThrownBy(() -> this.client.stream(ChatClient.user("Hi")));
		assertThat(this.provider.exchanges().get(0).bytesWritten()).isGreaterThan(100_000);
	}

	@Test
	void anErrorIsToldWithinTheStreamOrInPlaceOfTheAnswer() throws Exception {
		this.script.next().always(text("one two").withFault(Fault.errorAfter(2, 502, "went away")));
		assertThat(this.client.stream(ChatClient.user("Hi")).response().body()).contains("one").contains("went away");
		HttpResponse<String> whole = this.client.send(ChatClient.user("Hi"));
		assertThat(whole.statusCode()).isEqualTo(200);
		assertThat(whole.body()).contains("went away");
	}

	@Test
	void anEventIsMalformed() throws Exception {
		this.script.next().answer(text("one two").withFault(Fault.malformedAfter(2)));
		HttpResponse<String> response = this.client.send(ChatClient.with(ChatClient.user("Hi"), "stream", "true"));
		assertThat(response.body()).endsWith("data: {\"broken\":\n\n");
	}

	@Test
	void answersThatNobodyAskedForAreReportedWithWhatDiffered() throws Exception {
		this.script.when(any().model("gpt-5")).answer(text("never"));
		content(ChatClient.user("Hi"));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(this.script::verify)
			.withMessageContaining("Not asked for: [text \"never\"] when model is \"gpt-5\"")
			.withMessageContaining("expected: model is \"gpt-5\", but was: \"sim-1\"");
	}

	@Test
	void otherRequestsCanBeRefused() throws Exception {
		this.script.refuseOthers();
		assertThat(this.client.send(ChatClient.user("Hi")).statusCode()).isEqualTo(400);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(this.script::verify)
			.withMessageContaining("user text \"Hi\"");
		this.script.reset();
		this.script.verify();
	}

	@Test
	void aKeyIsNeverToldInADifference() throws Exception {
		ChatClient.of(this.provider, "Authorization", "Bearer sk-secret").send(ChatClient.user("Hi"));
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> this.script.received().request(0, any().header("Authorization", "Bearer sk-other")))
			.withMessageContaining("header Authorization as expected, but was: another value");
		this.script.received().request(0, any().noHeader("x-api-key").field("/messages/0/content", "\"Hi\""));
	}

	@Test
	void aRequestThatDidNotComeIsNamed() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.script.received().request(0, any()))
			.withMessage("There is no request 0; there were 0");
		assertThatIllegalStateException().isThrownBy(() -> error(500, "x").withReasoning("y"));
	}

}
