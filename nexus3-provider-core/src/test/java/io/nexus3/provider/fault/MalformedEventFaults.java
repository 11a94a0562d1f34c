package io.nexus3.provider.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.test.http.ScriptedResponse;

import static io.nexus3.provider.fault.FaultClient.assertTyped;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Events and answers whose JSON is broken, of a wrong shape, or made to hurt.
 */
final class MalformedEventFaults implements FaultRows {

	private static final int MANY = 1_000_000;

	private static final Duration SOON = Duration.ofSeconds(1);

	/** A busy machine may hold a call up, but not the fastest of these. */
	private static final int TRIES = 3;

	@Override
	public void addTo(FaultTable table) {
		table.row("F32", "malformed JSON in an event is an error that names it", MalformedEventFaults::malformed);
		table.row("F33", "JSON of a wrong shape is an error, null is absent", MalformedEventFaults::wrongShape);
		table.row("F34", "JSON made to hurt is an error, soon", MalformedEventFaults::hostile);
	}

	private static String event(String data) {
		return "data: " + data + "\n\n";
	}

	private static int events(String stream) {
		return stream.split("data:", -1).length - 1;
	}

	private static void malformed(FaultFormat format) {
		for (String data : List.of("{oops", "{\"id\":\"x\"", "{\"id\":\"x\"}}", "{\"id\":tru}", "{'id':'x'}",
				"nonsense", "{\"zebra\":\"" + "z".repeat(190) + Scene.KEY + "z".repeat(5000) + "\"",
				"{\"zebra\":\"" + Scene.KEY + "\"")) {
			assertNamed(format, data, "malformed");
			try (Scene scene = format.scene(Scene.retrying(3), ScriptedResponse.json(200, "{" + data))) {
				ProviderException error = scene.completeError();
				assertTyped(error, ErrorKind.PROTOCOL, 1);
				assertShort(error, "{" + data);
				assertThat(scene.requests()).isEqualTo(1);
			}
		}
	}

	/** In a stream, before text and after it: never skipped, never retried. */
	private static void assertNamed(FaultFormat format, String data, String words) {
		String rest = format.delta("lo") + format.stop + format.done;
		for (String start : List.of(format.opening, format.start("Hel"))) {
			String text = start.equals(format.opening) ? "" : "Hel";
			for (boolean stream : List.of(false, true)) {
				try (Scene scene = format.scene(Scene.retrying(3), ScriptedResponse.sse(start + event(data) + rest))) {
					ProviderException error = scene.error(stream);
					assertTyped(error, ErrorKind.PROTOCOL, 1);
					assertThat(error.retryable()).isFalse();
					assertThat(error).hasMessageContaining("Event " + (events(start) + 1) + " of the stream")
						.hasMessageContaining(words);
					assertShort(error, data);
					assertThat(error.partialOutput()).isEqualTo(stream && !text.isEmpty());
					if (!text.isEmpty()) {
						assertThat(error.partialMessage().text()).isEqualTo(text);
					}
					assertThat(scene.requests()).isEqualTo(1);
				}
			}
		}
	}

	/** At most 200 characters of it, apart from the message, and nothing of the key. */
	private static void assertShort(ProviderException error, String data) {
		assertThat(error.getMessage()).hasSizeLessThan(400).doesNotContain("zebra");
		assertThat(error.vendor().body()).hasSizeLessThanOrEqualTo(200)
			.startsWith(data.substring(0, Math.min(data.length(), 10)))
			.doesNotContain(Scene.KEY.substring(0, 8));
	}

	private static void wrongShape(FaultFormat format) {
		for (String data : List.of("[]", "\"text\"", "5", "true", "null", "[{}]")) {
			assertNamed(format, data, "no JSON object");
		}
		for (String data : wrongFields(format)) {
			assertNamed(format, data, "should be");
		}
		String absent = absentFields(format);
		for (boolean stream : List.of(false, true)) {
			try (Scene scene = format.scene(Scene.retrying(0), ScriptedResponse
				.sse(format.start("Hel") + absent + format.delta("lo") + format.stop + format.done))) {
				assertThat(scene.call(stream)).isEqualTo("Hello");
			}
		}
		for (String body : wrongAnswers(format)) {
			try (Scene scene = format.scene(Scene.retrying(3), ScriptedResponse.json(200, body))) {
				assertTyped(scene.completeError(), ErrorKind.PROTOCOL, 1);
				assertTyped(scene.streamed().error(), ErrorKind.PROTOCOL, 1);
			}
		}
	}

	private static List<String> wrongFields(FaultFormat format) {
		if (format == FaultFormat.OPENAI) {
			return List.of("{\"choices\":\"x\"}", "{\"choices\":5}", "{\"choices\":{}}", "{\"choices\":[5]}",
					choice("\"delta\":\"x\""), choice("\"delta\":[]"), choice("\"delta\":{\"content\":5}"),
					choice("\"delta\":{\"content\":{}}"), choice("\"delta\":{\"tool_calls\":\"x\"}"),
					choice("\"index\":\"x\",\"delta\":{}"), choice("\"finish_reason\":{}"), "{\"usage\":[]}",
					"{\"id\":{}}", choice("\"delta\":{\"tool_calls\":[5]}"));
		}
		return List.of("{\"type\":5}", "{\"type\":\"content_block_delta\",\"index\":\"x\"}",
				"{\"type\":\"content_block_delta\",\"index\":0,\"delta\":\"x\"}",
				"{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"text\":5}}",
				"{\"type\":\"content_block_start\",\"index\":1,\"content_block\":7}",
				"{\"type\":\"message_delta\",\"delta\":[]}", "{\"type\":\"message_delta\",\"usage\":\"x\"}",
				"{\"type\":\"message_start\",\"message\":{\"content\":\"x\"}}");
	}

	private static String choice(String fields) {
		return "{\"choices\":[{" + fields + "}]}";
	}

	/** What says nothing is skipped, and what is unknown is kept or ignored. */
	private static String absentFields(FaultFormat format) {
		if (format == FaultFormat.OPENAI) {
			return event("{\"choices\":null}") + event("{}") + event("{\"choices\":[]}") + event("{\"choices\":[null]}")
					+ event("{\"choices\":[{}]}") + event(choice("\"delta\":null"))
					+ event(choice("\"delta\":{\"content\":null,\"tool_calls\":null,\"zebra\":{\"a\":[1]}}"))
					+ event("{\"id\":null,\"usage\":null,\"error\":null,\"zebra\":[null]}");
		}
		return event("{}") + event("{\"type\":null}") + event("{\"type\":\"zebra\",\"zebra\":[null]}")
				+ event("{\"type\":\"content_block_delta\",\"index\":0,\"delta\":null}")
				+ event("{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"zebra\",\"text\":null}}")
				+ event("{\"type\":\"message_delta\",\"delta\":null,\"usage\":null}");
	}

	private static List<String> wrongAnswers(FaultFormat format) {
		if (format == FaultFormat.OPENAI) {
			return List.of("[]", "{}", "{\"choices\":null}", "{\"choices\":\"x\"}", "{\"choices\":5}",
					choice("\"message\":\"x\""), choice("\"message\":{\"content\":5}"));
		}
		return List.of("[]", "{}", "{\"content\":null}", "{\"content\":\"x\"}", "{\"content\":[5]}",
				"{\"content\":[{\"type\":5}]}");
	}

	private static void hostile(FaultFormat format) {
		for (String json : List.of("[".repeat(100_000) + "]".repeat(100_000),
				"{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000), "9".repeat(MANY), "-0." + "9".repeat(MANY),
				"[".repeat(MANY))) {
			for (String field : List.of("zebra", "usage", "index", "delta", "choices")) {
				assertRefusedSoon(format, "{\"" + field + "\":" + json + "}", ErrorKind.PROTOCOL);
			}
		}
		assertRefusedSoon(format, "{\"zebra\":\"" + "z".repeat(9 * MANY) + "\"}", ErrorKind.RESPONSE_TOO_LARGE);
		assertRefusedSoon(format, "{\"" + "z".repeat(MANY) + "\":1}", ErrorKind.PROTOCOL);
		assertDuplicatesDoNoHarm(format);
	}

	private static void assertRefusedSoon(FaultFormat format, String data, ErrorKind kind) {
		for (boolean stream : List.of(false, true)) {
			assertSoon(() -> refused(format, data, kind, stream));
		}
	}

	/** Parsing, and all of a call around it. */
	private static void assertSoon(Supplier<Duration> call) {
		Duration fastest = call.get();
		for (int tries = 1; tries < TRIES && fastest.compareTo(SOON) >= 0; tries++) {
			Duration next = call.get();
			fastest = (next.compareTo(fastest) < 0) ? next : fastest;
		}
		assertThat(fastest).isLessThan(SOON);
	}

	private static Duration refused(FaultFormat format, String data, ErrorKind kind, boolean stream) {
		try (Scene scene = format.scene(Scene.retrying(3),
				ScriptedResponse.sse(format.start("Hel") + event(data) + format.stop + format.done))) {
			long start = System.nanoTime();
			ProviderException error = scene.error(stream);
			Duration took = Duration.ofNanos(System.nanoTime() - start);
			assertTyped(error, kind, 1);
			assertThat(error.getMessage()).hasSizeLessThan(1000);
			assertThat(error.partialMessage().text()).isEqualTo("Hel");
			assertThat(scene.requests()).isEqualTo(1);
			return took;
		}
	}

	private static void assertDuplicatesDoNoHarm(FaultFormat format) {
		List<String> events = new ArrayList<>();
		events.add("{" + "\"zebra\":1,".repeat(100_000) + "\"zebra\":2}");
		events.add("{" + "\"id\":\"x\",\"model\":\"m\",".repeat(1000) + "\"id\":\"c1\"}");
		for (String data : events) {
			for (boolean stream : List.of(false, true)) {
				assertSoon(() -> ignored(format, data, stream));
			}
		}
	}

	private static Duration ignored(FaultFormat format, String data, boolean stream) {
		try (Scene scene = format.scene(Scene.retrying(0), ScriptedResponse
			.sse(format.start("Hel") + event(data) + format.delta("lo") + format.stop + format.done))) {
			long start = System.nanoTime();
			assertThat(scene.call(stream)).isEqualTo("Hello");
			return Duration.ofNanos(System.nanoTime() - start);
		}
	}

}
