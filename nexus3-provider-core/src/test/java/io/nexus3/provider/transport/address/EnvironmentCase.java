package io.nexus3.provider.transport.address;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.nexus3.provider.test.raw.RawScript;
import io.nexus3.provider.test.raw.RawServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs a case in a process of its own, whose environment and system properties are the
 * case's. A proxy that they name is replaced by a listener of ours, which nobody may
 * visit.
 */
final class EnvironmentCase {

	private static final Pattern AUTHORITY = Pattern.compile("(?<=://|^|@)[\\w.\\[\\]:-]+:\\d+");

	private EnvironmentCase() {
	}

	static void run(SuiteCase suiteCase) throws IOException, InterruptedException {
		Path data = Files.createTempFile("case", ".json");
		Path output = Files.createTempFile("case", ".out");
		try (RawServer trap = RawServer.start(RawScript.start().stall())) {
			Files.writeString(data, suiteCase.data().toString());
			ProcessBuilder builder = new ProcessBuilder(command(suiteCase, trap.port(), data)).redirectErrorStream(true)
				.redirectOutput(output.toFile());
			builder.environment().putAll(environment(suiteCase, trap.port()));
			Process process = builder.start();
			boolean ended = process.waitFor(60, TimeUnit.SECONDS);
			process.destroyForcibly();
			assertThat(ended).as("the process has ended").isTrue();
			assertThat(process.exitValue()).as(() -> "the process said: " + text(output)).isZero();
			assertThat(trap.connections()).as("connections to a proxy that was not configured").isEmpty();
		}
		finally {
			Files.delete(data);
			Files.delete(output);
		}
	}

	private static String text(Path file) {
		try {
			return Files.readString(file, StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	private static List<String> command(SuiteCase suiteCase, int trap, Path data) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-XX:+UseSerialGC", "-Xmx256m"));
		systemProperties(suiteCase, trap).forEach((name, value) -> command.add("-D" + name + "=" + value));
		command.addAll(List.of("-cp", classPath(), EnvironmentCase.class.getName(), data.toString()));
		return command;
	}

	private static String classPath() {
		return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
	}

	private static Map<String, String> environment(SuiteCase suiteCase, int trap) {
		Map<String, String> environment = suiteCase.texts("env");
		environment.replaceAll((name, value) -> AUTHORITY.matcher(value).replaceFirst("127.0.0.1:" + trap));
		return environment;
	}

	private static Map<String, String> systemProperties(SuiteCase suiteCase, int trap) {
		Map<String, String> properties = suiteCase.texts("system_properties");
		properties.replaceAll((name, value) -> {
			if (name.endsWith("ProxyPort") || name.endsWith("proxyPort")) {
				return String.valueOf(trap);
			}
			return (name.endsWith("ProxyHost") || name.endsWith("proxyHost")) ? "127.0.0.1" : value;
		});
		return properties;
	}

	/**
	 * The other process: the case without its environment, which is all around.
	 * @param arguments the file that holds the case
	 * @throws IOException when the file cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		JsonNode data = new JsonMapper().readTree(Files.readString(Path.of(arguments[0])));
		try (LoopbackNetwork network = new LoopbackNetwork()) {
			new RuntimeCases(network).run(new SuiteCase(data));
		}
	}

}
