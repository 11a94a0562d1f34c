package io.nexus3.provider.fault;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.test.http.BodyStep;
import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.ReceivedRequest;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.http.ScriptedServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes that have used up what the system gives them. Each is a process of its own.
 */
final class ResourceFaults implements FaultRows {

	private static final List<String> TEST_ONLY = List.of("junit", "assertj", "byte-buddy", "archunit", "apiguardian",
			"opentest4j", "reactor-test", "logback", "spring-aop", "spring-expression", "netty-resolver-dns-native",
			"netty-resolver-dns-classes", "netty-transport-native-epoll", "netty-transport-classes", "netty-pkitesting",
			"bcpkix", "bcutil", "bcprov", "jazzer", "blockhound", "prometheus", "micrometer-registry",
			"micrometer-observation-test", "micrometer-core", "HdrHistogram", "context-propagation", "mockito",
			"objenesis");

	@Override
	public void addTo(FaultTable table) {
		table.row("F97", "without file descriptors or direct memory calls fail typed, and recover", FaultFormat.OPENAI,
				ResourceFaults::exhausted);
	}

	/** What is used up lies below both formats, so each uses up another. */
	private static void exhausted(FaultFormat format) throws Exception {
		try (ScriptedServer server = ScriptedServer.start((request) -> answer(format, request))) {
			boolean descriptors = format == FaultFormat.OPENAI;
			List<String> output = descriptors ? run("ulimit -n 64; exec ", "", format, server, "descriptors")
					: run("exec ", "-XX:MaxDirectMemorySize=16m", format, server, "memory");
			assertThat(output).contains("failed typed", "recovered");
		}
	}

	/** What the call asks for decides: an answer, or a stream that stays open. */
	private static ScriptedResponse answer(FaultFormat format, ReceivedRequest request) {
		if (request.bodyText().contains("flood")) {
			byte[] flood = format.delta("x".repeat(1000)).repeat(60).getBytes(StandardCharsets.UTF_8);
			return ScriptedResponse.sse(format.opening).then(new BodyStep.Repeat(flood, Long.MAX_VALUE));
		}
		return request.bodyText().contains("stay open")
				? ScriptedResponse.sse(format.start("He")).withEnding(Ending.STALL) : format.good(false, "ok");
	}

	private static List<String> run(String shell, String options, FaultFormat format, ScriptedServer server,
			String resource) {
		String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
		String command = "%s\"%s\" %s -Xmx128m -XX:+UseSerialGC -Dreactor.netty.ioWorkerCount=2 -XX:TieredStopAtLevel=1 -cp \"%s\" %s %s %s %s"
			.formatted(shell, java, options, classPath(), ExhaustedProcess.class.getName(), resource, format.type,
					server.baseUrl());
		try {
			return run(new ProcessBuilder("bash", "-c", command).redirectErrorStream(true).start());
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<String> run(Process process) throws Exception {
		try {
			CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process));
			assertThat(process.waitFor(28, TimeUnit.SECONDS)).as("the process ends").isTrue();
			assertThat(process.exitValue()).as("%s", output.get(5, TimeUnit.SECONDS)).isZero();
			return output.get().lines().toList();
		}
		finally {
			process.destroyForcibly();
		}
	}

	/** Each jar takes a descriptor, so there are only those that a call needs. */
	private static String classPath() {
		// Surefire may hide the class path in the manifest of a jar of its own.
		String whole = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		return Arrays.stream(whole.split(File.pathSeparator))
			.filter((entry) -> TEST_ONLY.stream().noneMatch((name) -> new File(entry).getName().startsWith(name)))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static String read(Process process) {
		try {
			return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			return "The output could not be read: " + ex;
		}
	}

}
