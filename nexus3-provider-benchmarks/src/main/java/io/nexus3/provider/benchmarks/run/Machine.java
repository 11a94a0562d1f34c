package io.nexus3.provider.benchmarks.run;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where and with what a run was made.
 *
 * @param date when it began
 * @param facts processor, cores, system, JDK and load by name
 * @param versions the versions of libraries by artifact
 */
record Machine(Instant date, Map<String, String> facts, Map<String, String> versions) {

	private static final List<String> ARTIFACTS = List.of("spring-ai-openai", "spring-ai-anthropic",
			"langchain4j-open-ai", "langchain4j-anthropic", "openai-java", "anthropic-java", "spring-boot",
			"spring-webflux", "reactor-netty-http", "netty-handler", "jackson-databind");

	static Machine now(ClassPaths classPaths) throws IOException {
		Map<String, String> facts = new LinkedHashMap<>();
		facts.put("processor", processor());
		facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
		facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
		facts.put("jdk", System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"));
		facts.put("load", String.format(Locale.ROOT, "%.1f",
				ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
		return new Machine(Instant.now().truncatedTo(ChronoUnit.SECONDS), facts, versions(classPaths));
	}

	private static String processor() throws IOException {
		Path info = Path.of("/proc/cpuinfo");
		if (!Files.isReadable(info)) {
			return System.getProperty("os.arch");
		}
		return Files.readAllLines(info)
			.stream()
			.filter((line) -> line.startsWith("model name"))
			.map((line) -> line.substring(line.indexOf(':') + 1).strip())
			.findFirst()
			.orElse(System.getProperty("os.arch"));
	}

	/** From the names of the jars, ours first. */
	private static Map<String, String> versions(ClassPaths classPaths) throws IOException {
		Map<String, String> versions = new LinkedHashMap<>();
		for (Peer peer : Peer.values()) {
			String jars = classPaths.of(peer.module());
			for (String artifact : ARTIFACTS) {
				Matcher matcher = Pattern.compile("/" + artifact + "-(\\d[^/:]*)\\.jar").matcher(jars);
				if (matcher.find()) {
					versions.putIfAbsent(artifact, matcher.group(1));
				}
			}
		}
		return versions;
	}

	String json() {
		Map<String, String> fields = new LinkedHashMap<>();
		fields.put("type", Json.text("run"));
		fields.put("date", Json.text(this.date.toString()));
		this.facts.forEach((name, value) -> fields.put(name, Json.text(value)));
		Map<String, String> versions = new LinkedHashMap<>();
		this.versions.forEach((name, value) -> versions.put(name, Json.text(value)));
		fields.put("versions", Json.object(versions));
		return Json.object(fields);
	}

}
