package io.nexus3.provider.benchmarks.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Another JVM, spoken to by lines.
 */
final class Worker implements AutoCloseable {

	private static final List<String> OPTIONS = List.of("-Xmx1g", "-Xms1g", "-XX:+UseG1GC",
			"-XX:-UseDynamicNumberOfCompilerThreads", "-XX:-UseDynamicNumberOfGCThreads",
			"-Djava.net.preferIPv4Stack=true");

	private final Process process;

	private final PrintStream in;

	private final BufferedReader out;

	private Worker(Process process) {
		this.process = process;
		this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
		this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
	}

	/** Start a JVM. What it says of errors goes to a file. */
	static Worker start(String classPath, Path errors, String... mainAndArguments) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(OPTIONS);
		String more = System.getProperty("worker.options", "");
		if (!more.isBlank()) {
			command.addAll(List.of(more.split(" ")));
		}
		command.addAll(List.of("-cp", classPath));
		command.addAll(List.of(mainAndArguments));
		return new Worker(
				new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile())).start());
	}

	/** What stands behind a prefix in the next line that has it. */
	String await(String prefix) throws IOException {
		for (String line = this.out.readLine(); line != null; line = this.out.readLine()) {
			if (line.startsWith(prefix)) {
				return line.substring(prefix.length());
			}
		}
		throw new IOException("The process ended without a line that begins with " + prefix);
	}

	void say(String line) {
		this.in.println(line);
	}

	static Map<String, String> pairs(String line) {
		Map<String, String> pairs = new LinkedHashMap<>();
		for (String pair : line.split(" ")) {
			int at = pair.indexOf('=');
			pairs.put(pair.substring(0, at), pair.substring(at + 1));
		}
		return pairs;
	}

	@Override
	public void close() {
		this.in.close();
		try {
			if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
