package io.nexus3.provider.fault;

import java.util.List;

import io.nexus3.provider.ContentDelta;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.StreamComplete;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.behaviour.Scene.Streamed;
import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.Framing;
import io.nexus3.provider.test.http.ScriptedResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers of another form than was asked for.
 */
final class ContentTypeFaults implements FaultRows {

	private static final String PAGE = "<!DOCTYPE html>\n<html><body>Please sign in to the airport's network. "
			+ "a".repeat(500) + "END</body></html>";

	private static final List<String> CONTENT_TYPES = List.of("text/plain", "application/octet-stream",
			"application/json", "text/event-stream; charset=ISO-8859-1", "text/plain;charset=utf-16", "no type at all");

	@Override
	public void addTo(FaultTable table) {
		table.row("F43", "200 without a body is retried as an empty answer", ContentTypeFaults::nothing);
		table.row("F44", "204 and 205 are no answers and not retried", ContentTypeFaults::noContent);
		table.row("F45", "an HTML page is not retried and its start is shown", ContentTypeFaults::page);
		table.row("F46", "JSON where a stream was asked for is delivered as events", ContentTypeFaults::jsonForStream);
		table.row("F47", "a stream where JSON was asked for is aggregated", ContentTypeFaults::streamForJson);
		table.row("F48", "a stream under a wrong content type is read as UTF-8", ContentTypeFaults::wrongType);
	}

	private static void nothing(FaultFormat format) {
		List<ScriptedResponse> empty = List.of(ScriptedResponse.json(200, ""), ScriptedResponse.sse(),
				ScriptedResponse.json(200, " \n "), ScriptedResponse.status(200),
				ScriptedResponse.status(200).withFraming(Framing.UNTIL_CLOSE));
		for (boolean stream : Failing.MODES) {
			for (ScriptedResponse answer : empty) {
				try (Scene scene = format.scene(Scene.retrying(3), answer)) {
					ProviderException error = Failing.expect(scene, stream, ErrorKind.EMPTY_RESPONSE, 200, 4);
					assertThat(error.retryable()).isTrue();
				}
				try (Scene scene = format.scene(Scene.retrying(3), answer, format.good(stream, "ok"))) {
					assertThat(scene.call(stream)).isEqualTo("ok");
					assertThat(scene.requests()).isEqualTo(2);
				}
			}
		}
	}

	private static void noContent(FaultFormat format) {
		List<ScriptedResponse> answers = List.of(ScriptedResponse.status(204),
				ScriptedResponse.status(205).withHeader("Content-Length", "0"),
				ScriptedResponse.status(205).withEnding(Ending.CLOSE));
		for (boolean stream : Failing.MODES) {
			for (ScriptedResponse answer : answers) {
				int status = answer.head().status();
				try (Scene scene = format.scene(Scene.retrying(3), answer)) {
					ProviderException error = Failing.expect(scene, stream, ErrorKind.PROTOCOL, status, 1);
					assertThat(error.retryable()).isFalse();
					assertThat(error).hasMessageContaining("HTTP " + status).hasMessageNotContaining("truncated");
				}
			}
		}
	}

	private static void page(FaultFormat format) {
		for (boolean stream : Failing.MODES) {
			for (String type : List.of("text/html", "text/event-stream", "application/json")) {
				ScriptedResponse html = ScriptedResponse.status(200).withHeader("Content-Type", type).thenWrite(PAGE);
				try (Scene scene = format.scene(Scene.retrying(3), html)) {
					ProviderException error = Failing.expect(scene, stream, ErrorKind.UNEXPECTED_CONTENT, 200, 1);
					assertThat(error.retryable()).isFalse();
					assertThat(error).hasMessageContaining("200")
						.hasMessageContaining("Please sign in to the airport's network");
					assertThat(error.summary().length()).isLessThan(300);
				}
			}
		}
	}

	private static void jsonForStream(FaultFormat format) {
		for (String type : List.of("application/json", "text/event-stream", "text/plain")) {
			ScriptedResponse json = ScriptedResponse.json(200, format.json("Hello")).withHeader("Content-Type", type);
			try (Scene scene = format.scene(Scene.retrying(3), json)) {
				Streamed streamed = scene.streamed();
				assertThat(streamed.error()).isNull();
				assertThat(streamed.text()).isEqualTo("Hello");
				assertThat(streamed.events().get(0)).isInstanceOf(ContentDelta.class);
				assertThat(streamed.events()).filteredOn(StreamComplete.class::isInstance).hasSize(1);
				assertThat(scene.requests()).isEqualTo(1);
			}
		}
		for (boolean stream : Failing.MODES) {
			try (Scene scene = format.scene(Scene.retrying(1),
					format.refusal(200, "overloaded_error", "later").withHeader("Content-Type", "application/json"))) {
				ProviderException error = Failing.expect(scene, stream, ErrorKind.OVERLOADED, 200, 2);
				assertThat(error).hasMessageContaining("later");
			}
			try (Scene scene = format.scene(Scene.retrying(3),
					format.refusal(200, "invalid_request_error", "bad field"))) {
				Failing.expect(scene, stream, ErrorKind.INVALID_REQUEST, 200, 1);
			}
		}
	}

	private static void streamForJson(FaultFormat format) {
		for (String type : List.of("text/event-stream", "application/json")) {
			ScriptedResponse sse = ScriptedResponse.sse(format.sse("Hel", "lo")).withHeader("Content-Type", type);
			try (Scene scene = format.scene(Scene.retrying(3), sse)) {
				assertThat(scene.complete().text()).isEqualTo("Hello");
				assertThat(scene.requests()).isEqualTo(1);
			}
		}
		try (Scene scene = format.scene(Scene.retrying(0), ScriptedResponse.sse(format.start("Hel")))) {
			ProviderException error = Failing.expect(scene, false, ErrorKind.INTERRUPTED, 200, 1);
			assertThat(error.partialMessage()).isNotNull();
			assertThat(error.partialMessage().text()).isEqualTo("Hel");
		}
	}

	private static void wrongType(FaultFormat format) {
		for (boolean stream : Failing.MODES) {
			for (String type : CONTENT_TYPES) {
				ScriptedResponse sse = ScriptedResponse.sse(format.sse("Gr\u00fc\u00dfe ", "\uD83D\uDE00"))
					.withHeader("Content-Type", type);
				checkText(format, stream, type.equals("no type at all") ? sse.withoutHeader("Content-Type") : sse);
			}
		}
	}

	private static void checkText(FaultFormat format, boolean stream, ScriptedResponse sse) {
		try (Scene scene = format.scene(Scene.retrying(3), sse)) {
			assertThat(scene.call(stream)).isEqualTo("Gr\u00fc\u00dfe \uD83D\uDE00");
			assertThat(scene.requests()).isEqualTo(1);
		}
	}

}
