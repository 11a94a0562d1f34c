package io.nexus3.provider.sample.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/**
 * One page of the browser, used as a person would: keys, clicks and looks.
 */
final class BrowserPage implements AutoCloseable {

	private static final Path SCREENSHOTS = Path.of("target", "screenshots");

	/** Shorter than what a command may take: the page tells what it waits for. */
	private static final Duration PATIENCE = DevTools.LIMIT.dividedBy(2);

	private final DevTools tools;

	private final String target;

	private final String session;

	private BrowserPage(DevTools tools, String target, String session) {
		this.tools = tools;
		this.target = target;
		this.session = session;
	}

	/** A page of its own, which has the keyboard's focus. */
	static BrowserPage open(DevTools tools) throws Exception {
		String target = tools.send(null, "Target.createTarget", Map.of("url", "about:blank"))
			.path("targetId")
			.asString("");
		String session = tools.send(null, "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
			.path("sessionId")
			.asString("");
		BrowserPage page = new BrowserPage(tools, target, session);
		for (String domain : List.of("Page", "Runtime", "Log")) {
			page.send(domain + ".enable", Map.of());
		}
		page.send("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
		return page;
	}

	/** Goes to the chat page and waits until it can be used. */
	void visit(String url) throws Exception {
		send("Page.navigate", Map.of("url", url));
		await("document.readyState === 'complete' && document.getElementById('model')?.disabled === false"
				+ " && document.querySelectorAll('#cards button').length > 0");
	}

	void size(int width, int height) throws Exception {
		send("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
	}

	void colorScheme(String scheme) throws Exception {
		send("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
	}

	/** The value of an expression, which may be a promise. */
	JsonNode evaluate(String expression) throws Exception {
		JsonNode result = send("Runtime.evaluate",
				Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
		if (result.has("exceptionDetails")) {
			throw new AssertionError(expression + " failed: " + result.path("exceptionDetails"));
		}
		return result.path("result").path("value");
	}

	/** Waits until a condition holds; one that does not is told of with what is seen. */
	void await(String condition) throws Exception {
		boolean held = evaluate(("new Promise((resolve) => { const end = performance.now() + %d;"
				+ " const look = () => { if (%s) resolve(true);"
				+ " else if (performance.now() > end) resolve(false); else setTimeout(look, 10); }; look(); })")
			.formatted(PATIENCE.toMillis(), condition)).asBoolean(false);
		if (!held) {
			throw new AssertionError("Not within %s: %s; the focus is at %s; the page is %s; problems: %s".formatted(
					PATIENCE, condition, evaluate("document.activeElement?.outerHTML"),
					evaluate("document.body.innerHTML"), problems()));
		}
	}

	/** The visible text of the first element that fits. */
	String text(String selector) throws Exception {
		return evaluate("document.querySelector(\"%s\")?.innerText ?? ''".formatted(selector)).asString("");
	}

	int count(String selector) throws Exception {
		return evaluate("document.querySelectorAll(\"%s\").length".formatted(selector)).asInt(0);
	}

	void click(String selector) throws Exception {
		evaluate("document.querySelector(\"%s\").click()".formatted(selector));
	}

	void choose(String selector, String value) throws Exception {
		evaluate(("{ const menu = document.querySelector(\"%s\"); menu.value = '%s';"
				+ " menu.dispatchEvent(new Event('change')); }")
			.formatted(selector, value));
	}

	/** Writes where the focus is. */
	void type(String text) throws Exception {
		send("Input.insertText", Map.of("text", text));
	}

	void press(String key) throws Exception {
		press(key, 0);
	}

	void press(String key, int modifiers) throws Exception {
		int code = switch (key) {
			case "Enter" -> 13;
			case "Escape" -> 27;
			case "Tab" -> 9;
			default -> throw new IllegalArgumentException(key);
		};
		Map<String, Object> down = Map.of("type", key.equals("Enter") ? "keyDown" : "rawKeyDown", "key", key, "code",
				key, "windowsVirtualKeyCode", code, "modifiers", modifiers, "text", key.equals("Enter") ? "\r" : "");
		send("Input.dispatchKeyEvent", down);
		send("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "code", key, "windowsVirtualKeyCode", code));
	}

	/** Asks by keyboard, once the page has put the focus where one writes. */
	void ask(String question) throws Exception {
		await("document.activeElement?.id === 'message'");
		type(question);
		press("Enter");
		await("document.getElementById('message').value === ''");
	}

	void awaitAnswer() throws Exception {
		await("document.querySelector('.answer') && !document.querySelector('.answer[aria-busy=true]')");
	}

	/** What went wrong in the page so far, refusals of its policy included. */
	List<String> problems() {
		Stream<JsonNode> exceptions = this.tools.events(this.session, "Runtime.exceptionThrown").stream();
		Stream<JsonNode> errors = this.tools.events(this.session, "Log.entryAdded")
			.stream()
			.filter((event) -> event.path("entry").path("level").asString("").equals("error"));
		return Stream.concat(exceptions, errors).map(JsonNode::toString).toList();
	}

	Path screenshot(String name) throws Exception {
		String data = send("Page.captureScreenshot", Map.of("format", "png")).path("data").asString("");
		Files.createDirectories(SCREENSHOTS);
		return Files.write(SCREENSHOTS.resolve(name + ".png"), Base64.getDecoder().decode(data));
	}

	@Override
	public void close() throws Exception {
		this.tools.send(null, "Target.closeTarget", Map.of("targetId", this.target));
	}

	private JsonNode send(String method, Map<String, ?> parameters) throws Exception {
		return this.tools.send(this.session, method, parameters);
	}

}
