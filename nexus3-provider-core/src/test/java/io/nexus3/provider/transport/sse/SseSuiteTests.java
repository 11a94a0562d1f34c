package io.nexus3.provider.transport.sse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import io.nexus3.provider.transport.sse.SseSuiteCase.Expected;
import io.nexus3.provider.wire.SseFrame;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs a file of recorded streams and of what a decoder has to make of them. The file is
 * named by the system property {@value #FILE}; without it, the one beside the project is
 * used when it is there.
 */
class SseSuiteTests {

	private static final String FILE = "nexus3.suite.sse";

	private static final int LARGEST_FED_BYTE_BY_BYTE = 1024 * 1024;

	private static int cases;

	private static int passed;

	@TestFactory
	Stream<DynamicTest> everyCaseOfTheSuitePasses() throws IOException {
		String named = System.getProperty(FILE);
		Path file = projectRoot().resolve((named != null) ? named : "../shared/suites/sse/cases.json");
		if (named == null && !Files.exists(file)) {
			// A test of its own: an assumption that fails in the factory is not reported.
			return Stream.of(DynamicTest.dynamicTest("suite", () -> Assumptions.abort("there is no suite at " + file)));
		}
		assertThat(file).as("the file named by " + FILE).isRegularFile();
		JsonNode suite = JsonMapper.shared().readTree(Files.readAllBytes(file));
		assertThat(suite.isArray() && !suite.isEmpty()).as("a list of cases in " + file).isTrue();
		return suite.valueStream().map((node) -> DynamicTest.dynamicTest(node.path("id").asString(), () -> run(node)));
	}

	@AfterAll
	static void report() {
		if (cases > 0) {
			System.out.println("sse suite: " + cases + " cases, " + passed + " pass, " + (cases - passed) + " fail");
		}
	}

	private static Path projectRoot() {
		String root = System.getProperty("nexus3.project.root");
		return (root != null) ? Path.of(root) : Path.of(System.getProperty("user.dir")).toAbsolutePath().getParent();
	}

	private static void run(JsonNode node) {
		cases++;
		SseSuiteCase suiteCase = SseSuiteCase.of(node);
		Run asSent = new Run(suiteCase);
		try {
			suiteCase.chunks().forEach(asSent::feed);
			asSent.decoder.finish();
		}
		catch (SseEventTooLargeException ex) {
			assertThat(suiteCase.policy()).as("a typed refusal").isEqualTo("max-line-size");
			passed++;
			return;
		}
		assertAccepted(suiteCase, asSent);
		assertSameHoweverFed(suiteCase, asSent.events);
		passed++;
	}

	private static void assertAccepted(SseSuiteCase suiteCase, Run run) {
		assertThat(suiteCase.accepted()).as("accepted answers to %s", run.events)
			.anyMatch((expected) -> matches(expected, run.events));
		if (suiteCase.must()) {
			if (suiteCase.retryMillis() >= 0) {
				assertThat(run.decoder.retryMillis()).as("retry").isEqualTo(suiteCase.retryMillis());
			}
			if (suiteCase.dispatched() != null) {
				assertThat(run.dispatched).as("events after each chunk").isEqualTo(suiteCase.dispatched());
			}
		}
	}

	private static void assertSameHoweverFed(SseSuiteCase suiteCase, List<Delivered> events) {
		byte[] stream = suiteCase.stream();
		Run whole = new Run(suiteCase);
		whole.feed(stream);
		whole.decoder.finish();
		assertThat(whole.events).as("fed as one buffer").isEqualTo(events);
		if (stream.length <= LARGEST_FED_BYTE_BY_BYTE) {
			Run single = new Run(suiteCase);
			for (byte b : stream) {
				single.feed(new byte[] { b });
			}
			single.decoder.finish();
			assertThat(single.events).as("fed byte by byte").isEqualTo(events);
		}
	}

	private static boolean matches(List<Expected> expected, List<Delivered> events) {
		if (expected.size() != events.size()) {
			return false;
		}
		for (int i = 0; i < expected.size(); i++) {
			if (!events.get(i).matches(expected.get(i))) {
				return false;
			}
		}
		return true;
	}

	private static String sha256(String text) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static final class Run {

		private final List<Delivered> events = new ArrayList<>();

		private final List<Integer> dispatched = new ArrayList<>();

		private final SseDecoder decoder;

		Run(SseSuiteCase suiteCase) {
			this.decoder = new SseDecoder(Math.max(8 * 1024 * 1024, suiteCase.size() + 1),
					(frame) -> this.events.add(Delivered.of(frame)));
		}

		void feed(byte[] chunk) {
			this.decoder.feed(chunk, 0, chunk.length);
			this.dispatched.add(this.events.size());
		}

	}

	private record Delivered(String event, String id, String data) {

		static Delivered of(SseFrame frame) {
			return new Delivered((frame.event() != null) ? frame.event() : "message", frame.id(), frame.text());
		}

		boolean matches(Expected expected) {
			return this.event.equals(expected.event()) && this.id.equals(expected.id())
					&& (expected.data() == null || expected.data().equals(this.data))
					&& (expected.length() < 0 || expected.length() == this.data.length())
					&& (expected.sha256() == null || expected.sha256().equals(sha256(this.data)));
		}

		@Override
		public String toString() {
			String shown = (this.data.length() <= 200) ? this.data : this.data.substring(0, 200) + "...";
			return this.event + "|" + this.id + "|" + shown;
		}

	}

}
