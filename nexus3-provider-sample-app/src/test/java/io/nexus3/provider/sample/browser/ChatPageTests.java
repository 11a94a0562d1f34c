package io.nexus3.provider.sample.browser;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.nexus3.provider.test.ChatCall;
import io.nexus3.provider.test.Dialect;
import io.nexus3.provider.test.SimulatedProvider;
import io.nexus3.provider.test.SimulatedProviders;
import io.nexus3.provider.test.http.BodyStep;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ScriptedResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page in a real browser, the application and simulated providers over HTTP. Leaves
 * pictures in {@code target/screenshots}.
 */
@EnabledIf(value = "io.nexus3.provider.sample.browser.Chromium#installed",
		disabledReason = "There is no Chromium on this machine: apt-get install chromium")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "simulated.first-token=60ms", "simulated.per-token=6ms", "simulated.slow-start=1500ms" })
class ChatPageTests {

	private static final Duration LIMIT = DevTools.LIMIT;

	private static final String PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

	private static Chromium chromium;

	@Autowired
	private SimulatedProviders simulated;

	@LocalServerPort
	private int port;

	private BrowserPage page;

	@BeforeAll
	static void startBrowser() throws Exception {
		chromium = Chromium.start();
	}

	@AfterAll
	static void stopBrowser() {
		if (chromium != null) {
			chromium.close();
		}
	}

	@BeforeEach
	void openPage() throws Exception {
		this.page = chromium.newPage();
		this.page.size(1280, 800);
		this.page.colorScheme("light");
		this.page.visit("http://localhost:" + this.port + "/");
	}

	@AfterEach
	void findsNoErrorInTheConsole() throws Exception {
		assertThat(this.page.problems()).isEmpty();
		this.page.close();
	}

	@Test
	void showsAnAnswerPieceByPiece() throws Exception {
		List<Gate> gates = List.of(new Gate(), new Gate(), new Gate(), new Gate(), new Gate(), new Gate(), new Gate());
		this.simulated.provider(Dialect.OPENROUTER).enqueueChanged((usual) -> withGates(usual, gates));
		this.page.ask("Hello there");
		List<Integer> lengths = new ArrayList<>();
		for (Gate gate : gates) {
			gate.reached().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
			this.page.await("(document.querySelector('.answer .text')?.textContent.length ?? 0) > "
					+ (lengths.isEmpty() ? 0 : lengths.get(lengths.size() - 1)));
			lengths.add(this.page.evaluate("document.querySelector('.answer .text').textContent.length").asInt(0));
			gate.open();
		}
		this.page.awaitAnswer();
		assertThat(lengths).hasSizeGreaterThan(5).isSorted().doesNotHaveDuplicates();
		assertThat(this.page.text(".answer .text")).startsWith("You wrote: “Hello there”.");
		assertThat(this.page.text(".facts")).contains("first token", "tokens/s", "tokens in", "cost");
	}

	@Test
	void showsMarkdownAndNothingThatCouldRun() throws Exception {
		String markdown = "# Title\\n\\nSome **bold** `code` and a [link](https://example.org) "
				+ "[bad](javascript:alert(1)).\\n\\n| a | b |\\n|---|---|\\n| 1 | 2 |\\n\\n```java\\nint x = 1;\\n```\\n\\n"
				+ "<img src=x onerror=\\\"window.hacked=1\\\"><script>window.hacked=1</script>"
				+ "<form action=https://example.org><input name=key></form>";
		this.simulated.provider(Dialect.OPENROUTER)
			.enqueue(ScriptedResponse.sse("data: {\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":"
					+ "\"assistant\",\"content\":\"" + markdown
					+ "\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"));
		this.page.ask("Show me markdown");
		this.page.awaitAnswer();
		assertThat(this.page.count(".answer .text h1")).isOne();
		assertThat(this.page.text(".answer .text strong")).isEqualTo("bold");
		assertThat(this.page.count(".answer .text td")).isEqualTo(2);
		assertThat(this.page.text(".answer .code pre")).contains("int x = 1;");
		assertThat(this.page.count(".answer .text a[href^='https://example.org'][rel~=noopener]")).isOne();
		assertThat(this.page
			.count(".answer .text a[href^=javascript], .answer .text :is(img, script, form, input, [onerror])"))
			.isZero();
		assertThat(this.page.evaluate("window.hacked ?? 'untouched'").asString("")).isEqualTo("untouched");
	}

	@Test
	void showsAToolCallWithArgumentsAndResult() throws Exception {
		this.page.ask("What is (17.5 + 4) * 12?");
		this.page.awaitAnswer();
		assertThat(this.page.text(".tool summary")).contains("calculator", "done");
		assertThat(this.page.text(".tool dl")).contains("(17.5 + 4) * 12", "258");
		assertThat(this.page.text(".answer .text")).contains("According to calculator: 258");
		assertThat(this.page.text(".facts")).contains("2 rounds");
	}

	@Test
	void keepsReasoningApartAndFoldsItAway() throws Exception {
		this.page.choose("#model", "claude");
		this.page.choose("#reasoning", "high");
		this.page.ask("What is (17.5 + 4) * 12?");
		this.page.awaitAnswer();
		assertThat(this.page.text(".thoughts summary")).startsWith("Thought for");
		assertThat(this.page.evaluate("document.querySelector('.thoughts').open").asBoolean(true)).isFalse();
		assertThat(this.page.evaluate("document.querySelector('.thoughts .markdown').textContent").asString(""))
			.contains("The user wrote");
		assertThat(this.page.text(".answer .markdown.text")).doesNotContain("The user wrote");
		this.page.screenshot("light");
	}

	@Test
	void closesTheConnectionToTheProviderWithinASecondOfEscape() throws Exception {
		Duration fastest = LIMIT;
		// The machine may hold its breath for once, so the fastest of three counts.
		for (int i = 0; i < 3 && fastest.toMillis() >= 1000; i++) {
			fastest = timeFromEscapeToClose();
		}
		assertThat(fastest).isLessThan(Duration.ofSeconds(1));
		this.page.awaitAnswer();
		assertThat(this.page.text(".row:last-child .answer")).contains("You wrote", "Stopped by you.");
		assertThat(this.page.evaluate("document.activeElement.id").asString("")).isEqualTo("message");
	}

	private Duration timeFromEscapeToClose() throws Exception {
		SimulatedProvider provider = this.simulated.provider(Dialect.OPENROUTER);
		int before = provider.exchanges().size();
		Gate gate = new Gate();
		provider.enqueueChanged((usual) -> usual.withFirstWrites(8).thenAwait(gate));
		this.page.ask("Tell me more");
		this.page.await("document.querySelector('.answer[aria-busy=true] .text')?.textContent.includes('You')");
		Instant pressed = Instant.now();
		this.page.press("Escape");
		Instant closed = provider.exchanges().get(before).closedByClient().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
		this.page.awaitAnswer();
		return Duration.between(pressed, closed);
	}

	@Test
	void tellsOfARateLimitAndOfTheAttemptThatSucceeded() throws Exception {
		this.page.colorScheme("dark");
		this.page.click("#details");
		this.page.click("#cards [data-scenario=rate-limit]");
		this.page.await("document.querySelector('.attempts .waiting')?.textContent.includes('before attempt 2')");
		this.page.awaitAnswer();
		assertThat(this.page.text(".attempts")).contains("Attempt 1 failed", "too many requests", "status 429",
				"Waited 1.", "Attempt 2 was answered (status 200)");
		assertThat(this.page.text(".answer .text")).startsWith("You wrote");
		assertThat(this.page.text(".facts")).contains("2 attempts");
		this.page.evaluate("document.querySelector('#wire .response').scrollIntoView()");
		this.page.screenshot("dark");
	}

	@Test
	void saysWhatIsMissingWhenTheStreamBreaksOffAndTriesAgain() throws Exception {
		this.page.click("#cards [data-scenario=overloaded]");
		this.page.awaitAnswer();
		assertThat(this.page.text(".problem")).contains("The provider is overloaded", "not the whole answer");
		assertThat(this.page.text(".answer .text")).startsWith("You wrote");
		this.page.screenshot("overloaded");
		this.page.click(".problem .again");
		this.page.await("document.querySelector('.answer .facts')");
		assertThat(this.page.count(".problem")).isZero();
		assertThat(this.page.count(".answer")).isOne();
	}

	@Test
	void neverTakesATruncatedStreamForAWholeAnswer() throws Exception {
		this.page.click("#cards [data-scenario=truncated]");
		this.page.awaitAnswer();
		assertThat(this.page.text(".problem")).contains("The stream broke off", "not the whole answer");
		assertThat(this.page.count(".facts")).isZero();
	}

	@Test
	void waitsForASlowFirstToken() throws Exception {
		this.page.click("#cards [data-scenario=slow-start]");
		this.page.await("document.querySelector('p.waiting .clock')?.textContent.endsWith('s')");
		this.page.awaitAnswer();
		assertThat(this.page
			.evaluate("parseFloat(document.querySelector('.facts').innerText.match(/first token ([\\d.]+) s/)[1])")
			.asDouble(0)).isGreaterThanOrEqualTo(1.5);
	}

	@Test
	void showsBrokenArgumentsAsTheModelWroteThem() throws Exception {
		this.page.click("#cards [data-scenario=broken-arguments]");
		this.page.awaitAnswer();
		assertThat(this.page.text(".tool summary")).contains("not run: broken arguments");
		assertThat(this.page.text(".tool dl")).contains("(17.5 + 4) * 12\"", "not a JSON object");
	}

	@Test
	void sendsAnImageThatWasDropped() throws Exception {
		this.page.evaluate(("{ const bytes = Uint8Array.from(atob('%s'), (c) => c.charCodeAt(0));"
				+ " const data = new DataTransfer(); data.items.add(new File([bytes], 'dot.png', { type: 'image/png' }));"
				+ " document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })); }")
			.formatted(PIXEL));
		this.page.await("document.querySelector('#images img')");
		this.page.ask("What is this?");
		this.page.awaitAnswer();
		assertThat(this.page.count(".mine .images img")).isOne();
		assertThat(this.page.count("#images img")).isZero();
		assertThat(this.page.text(".answer .text")).contains("1 image");
		List<ChatCall> calls = this.simulated.provider(Dialect.OPENROUTER).requests();
		assertThat(calls.get(calls.size() - 1).request().bodyText()).contains("data:image/png;base64," + PIXEL);
	}

	@Test
	void takesAnImageFromTheClipboard() throws Exception {
		this.page.evaluate(("{ const bytes = Uint8Array.from(atob('%s'), (c) => c.charCodeAt(0));"
				+ " const data = new DataTransfer(); data.items.add(new File([bytes], 'dot.png', { type: 'image/png' }));"
				+ " document.getElementById('message').dispatchEvent("
				+ "new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); }")
			.formatted(PIXEL));
		this.page.await("document.querySelector('#images img')");
		assertThat(this.page.count("#images button[aria-label='Remove image 1']")).isOne();
	}

	@Test
	void comparesTwoModelsOnTheSamePrompt() throws Exception {
		this.page.click("#details");
		this.page.click("#compare");
		this.page.choose("#second", "claude");
		this.page.ask("Hello, both of you");
		this.page.awaitAnswer();
		this.page.await("document.querySelector('.verdict')");
		assertThat(this.page.count(".row.pair .answer")).isEqualTo(2);
		assertThat(this.page.text(".row.pair .answer:nth-child(1)")).contains("sonnet openrouter",
				"Hello, both of you");
		assertThat(this.page.text(".row.pair .answer:nth-child(2)")).contains("claude anthropic", "Hello, both of you");
		assertThat(this.page.text(".verdict")).isNotBlank();
		Path picture = this.page.screenshot("comparison");
		assertThat(picture).isNotEmptyFile();
	}

	@Test
	void drawsTimeAndTokensOfEachAnswer() throws Exception {
		this.page.click("#details");
		this.page.ask("Hello");
		this.page.awaitAnswer();
		this.page.await("document.querySelector('#chart g.done')");
		assertThat(this.page.count("#chart rect.wait, #chart rect.write, #chart rect.tokens")).isEqualTo(3);
		assertThat(this.page.evaluate("document.querySelector('#chart svg').getAttribute('aria-label')").asString(""))
			.startsWith("Time: sonnet ");
	}

	@Test
	void showsTheRawTrafficOfOneAnswerWithoutItsKey() throws Exception {
		this.page.ask("What is 12*7?");
		this.page.awaitAnswer();
		this.page.click("#details");
		assertThat(this.page.text("#wire")).contains("POST http://127.0.0.1:", "call 1, attempt 1", "call 2, attempt 1",
				"\"stream\":true", "data: ", "[DONE]", "completed");
		assertThat(this.page.text("#wire")).doesNotContainIgnoringCase("authorization");
		this.page.ask("And now?");
		this.page.awaitAnswer();
		assertThat(this.page.count("#wire-answer option")).isEqualTo(2);
		assertThat(this.page.text("#wire")).contains("And now?").doesNotContain("call 2, attempt 1");
	}

	@Test
	void saysInWordsThatTheApplicationIsGone() throws Exception {
		this.page.evaluate("window.fetch = () => Promise.reject(new TypeError('Failed to fetch'))");
		this.page.ask("Hello");
		this.page.awaitAnswer();
		assertThat(this.page.text(".problem")).contains("The application cannot be reached.", "Try again");
	}

	@Test
	void tellsScreenReadersOfTheAnswerOnceItIsWhole() throws Exception {
		assertThat(this.page.evaluate("document.getElementById('status').getAttribute('aria-live')").asString(""))
			.isEqualTo("polite");
		this.page.ask("Hello");
		this.page.awaitAnswer();
		assertThat(this.page.evaluate("document.getElementById('status').textContent").asString(""))
			.startsWith("Answer complete. You wrote: “Hello”");
	}

	@Test
	void beginsAnewWithNothingLeftOfTheOldChat() throws Exception {
		this.page.ask("Hello");
		this.page.awaitAnswer();
		this.page.click("#clear");
		assertThat(this.page.count(".turn")).isZero();
		assertThat(this.page.count("#welcome:not([hidden])")).isOne();
		this.page.ask("Hello again");
		this.page.awaitAnswer();
		assertThat(this.page.text(".answer .text")).doesNotContain("message number 2");
	}

	@Test
	void startsANewLineWithShiftAndEnter() throws Exception {
		this.page.type("one");
		this.page.press("Enter", 8);
		this.page.type("two");
		assertThat(this.page.evaluate("document.getElementById('message').value").asString("")).isEqualTo("one\ntwo");
		assertThat(this.page.count(".turn")).isZero();
	}

	@Test
	void followsTheSystemUntilAThemeIsChosen() throws Exception {
		String light = background();
		this.page.colorScheme("dark");
		String dark = background();
		this.page.click("#theme");
		assertThat(background()).isEqualTo(light).isNotEqualTo(dark);
		this.page.evaluate("localStorage.clear()");
	}

	@Test
	void needsNoSidewaysScrollingOnANarrowScreen() throws Exception {
		this.page.size(360, 640);
		this.page.ask("What is (17.5 + 4) * 12?");
		this.page.awaitAnswer();
		this.page.screenshot("narrow");
		assertThat(this.page.evaluate("document.documentElement.scrollWidth").asInt(0)).isLessThanOrEqualTo(360);
	}

	@Test
	void reachesEverythingByKeyboardInReadingOrder() throws Exception {
		this.page.evaluate("document.querySelector('.skip').focus()");
		List<String> order = new ArrayList<>();
		for (int i = 0; i < 9; i++) {
			this.page.press("Tab");
			order.add(this.page.evaluate("document.activeElement.id").asString(""));
		}
		assertThat(order).containsExactly("model", "compare", "reasoning", "tools", "details", "theme", "chat", "", "");
	}

	private String background() throws Exception {
		return this.page.evaluate("getComputedStyle(document.body).backgroundColor").asString("");
	}

	/** Holds an answer back at several places after its beginning. */
	private static ScriptedResponse withGates(ScriptedResponse usual, List<Gate> gates) {
		List<BodyStep> steps = new ArrayList<>();
		int writes = 0;
		int next = 0;
		for (BodyStep step : usual.body()) {
			steps.add(step);
			writes += (step instanceof BodyStep.Write) ? 1 : 0;
			if (step instanceof BodyStep.Write && writes % 4 == 0 && writes > 4 && next < gates.size()) {
				steps.add(new BodyStep.Await(gates.get(next++)));
			}
		}
		return usual.withBody(steps);
	}

}
