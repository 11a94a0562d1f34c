package io.nexus3.provider.test.vendor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.nexus3.provider.test.SimulatedProvider;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The vendors' own clients for JavaScript, in one process of node that is asked line by
 * line and ends with this one. Not thread-safe.
 */
final class JavaScriptClients {

	private static final long WATCHDOG_SECONDS = 60;

	private static final String GONE = "";

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static @Nullable JavaScriptClients running;

	private static @Nullable String missing;

	private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

	private final Process process;

	private final Path errors;

	private final Writer questions;

	private JavaScriptClients(Path folder) throws IOException {
		this.errors = folder.resolve("main-errors.log");
		ProcessBuilder builder = new ProcessBuilder("node", "main.mjs").directory(folder.toFile())
			.redirectError(this.errors.toFile());
		// What the clients would read from there is the business of the test alone.
		builder.environment().keySet().removeIf((name) -> name.matches("(?i)(openai|azure|anthropic|node)_.*"));
		this.process = builder.start();
		this.questions = this.process.outputWriter(StandardCharsets.UTF_8);
		Runtime.getRuntime().addShutdownHook(new Thread(this.process::destroy));
		Thread reader = new Thread(this::read, "javascript-clients");
		reader.setDaemon(true);
		reader.start();
	}

	/**
	 * Returns the clients of this test run.
	 * @return the clients, started by who asks first
	 * @throws TestAbortedException with the reason, if they cannot be had on this machine
	 */
	static synchronized JavaScriptClients running() throws IOException, InterruptedException {
		if (missing != null) {
			throw new TestAbortedException(missing);
		}
		if (running == null) {
			try {
				running = new JavaScriptClients(NodePackages.installed());
			}
			catch (TestAbortedException ex) {
				missing = ex.getMessage();
				System.out.println(missing);
				throw ex;
			}
		}
		return running;
	}

	private void read() {
		try (BufferedReader reader = this.process.inputReader(StandardCharsets.UTF_8)) {
			reader.lines().forEach(this.answers::add);
		}
		catch (IOException ex) {
			// Closed by the test.
		}
		finally {
			this.answers.add(GONE);
		}
	}

	/**
	 * Lets a client do something.
	 * @param client the name of its script
	 * @param scene what to do
	 * @param provider the server to do it with
	 * @param options what else the scene is told
	 * @return what its user gets, under {@code error} where that is an error
	 */
	JsonNode ask(String client, String scene, SimulatedProvider provider, Map<String, ?> options)
			throws IOException, InterruptedException {
		ObjectNode question = MAPPER.createObjectNode()
			.put("client", client)
			.put("scene", scene)
			.put("url", provider.baseUrl());
		options.forEach((name, value) -> question.set(name, MAPPER.valueToTree(value)));
		this.questions.write(question + "\n");
		this.questions.flush();
		String answer = this.answers.poll(WATCHDOG_SECONDS, TimeUnit.SECONDS);
		if (answer == null || answer.equals(GONE)) {
			throw new AssertionError("No answer to " + question + ": " + Files.readString(this.errors));
		}
		return MAPPER.readTree(answer);
	}

}
