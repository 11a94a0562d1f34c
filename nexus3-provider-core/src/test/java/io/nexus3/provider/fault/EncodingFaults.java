package io.nexus3.provider.fault;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.test.http.Framing;
import io.nexus3.provider.test.http.ScriptedResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bytes that are no text, or are cut where no text may be.
 */
final class EncodingFaults implements FaultRows {

	private static final String TEXT = "héllo 日本語 \uD83D\uDE00";

	@Override
	public void addTo(FaultTable table) {
		table.row("F72", "invalid UTF-8 in an event becomes a replacement character", EncodingFaults::invalid);
		table.row("F73", "a character cut by the network is whole", EncodingFaults::cut);
		table.row("F99", "many events in one segment and one event in many are the same", EncodingFaults::segments);
	}

	private static void invalid(FaultFormat format) {
		byte[] head = format.start("a").getBytes(StandardCharsets.UTF_8);
		String mark = "#";
		String event = format.delta("x" + mark + "y");
		int at = event.lastIndexOf(mark);
		for (boolean stream : List.of(false, true)) {
			ByteArrayOutputStream body = new ByteArrayOutputStream();
			body.writeBytes(head);
			body.writeBytes(event.substring(0, at).getBytes(StandardCharsets.UTF_8));
			body.write(0xC3);
			body.writeBytes(event.substring(at + 1).getBytes(StandardCharsets.UTF_8));
			body.writeBytes((format.delta("z") + format.stop + format.done).getBytes(StandardCharsets.UTF_8));
			try (Scene scene = format.scene(Scene.retrying(0), ScriptedResponse.sse(body.toByteArray()))) {
				assertThat(scene.call(stream)).isEqualTo("ax\uFFFDyz");
			}
		}
	}

	private static void cut(FaultFormat format) {
		for (boolean stream : List.of(false, true)) {
			ScriptedResponse answer = stream ? ScriptedResponse.sse(format.sse(TEXT, TEXT))
					: ScriptedResponse.json(200, format.json(TEXT + TEXT));
			for (Framing framing : List.of(Framing.CHUNKED, Framing.LENGTH, Framing.UNTIL_CLOSE)) {
				try (Scene scene = format.scene(Scene.retrying(0), answer.withFraming(framing).oneBytePerWrite())) {
					assertThat(scene.call(stream)).isEqualTo(TEXT + TEXT).doesNotContain("\uFFFD");
				}
			}
		}
	}

	private static void segments(FaultFormat format) {
		String[] texts = new String[500];
		for (int i = 0; i < texts.length; i++) {
			texts[i] = i + " ";
		}
		ScriptedResponse together = ScriptedResponse.sse(format.sse(texts));
		try (Scene scene = format.scene(Scene.retrying(0), together, together.oneBytePerWrite())) {
			Scene.Streamed once = scene.streamed();
			Scene.Streamed again = scene.streamed();
			assertThat(once.text()).isEqualTo(String.join("", texts));
			assertThat(again.text()).isEqualTo(once.text());
			assertThat(once.events()).hasSize(texts.length + 1);
			assertThat(again.events()).hasSameSizeAs(once.events());
			assertThat(once.completed() && again.completed()).isTrue();
		}
	}

}
