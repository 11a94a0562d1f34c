package io.nexus3.provider.observation;

import java.util.List;
import java.util.Map;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.AudioPart;
import io.nexus3.provider.DocumentPart;
import io.nexus3.provider.FinishReason;
import io.nexus3.provider.ImagePart;
import io.nexus3.provider.Media;
import io.nexus3.provider.ReasoningPart;
import io.nexus3.provider.RefusalPart;
import io.nexus3.provider.SystemMessage;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.ToolArguments;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.ToolMessage;
import io.nexus3.provider.UserMessage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ContentTests {

	@Test
	void contentIsNotRecordedUnlessWanted() {
		try (ObservedScene scene = ObservedScene.of(ObservedAnswers.openAi(false))) {
			ChatObservationContext call = scene.call(false);
			assertThat(call.getAllKeyValues().stream()).noneMatch((value) -> value.getKey().endsWith(".messages")
					|| value.getValue().contains("Hi") || value.getValue().equals("ok"));
		}
	}

	@Test
	void contentIsRecordedWhereItIsWanted() {
		try (ObservedScene scene = new ObservedScene.Setup()
			.settings(ObservationSettings.defaults().withIncludeContent(true))
			.scene(ObservedAnswers.openAi(false))) {
			assertThat(ObservedScene.details(scene.call(false))).containsAllEntriesOf(Map.of("gen_ai.input.messages",
					"[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"Hi\"}]}]",
					"gen_ai.output.messages",
					"[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"ok\"}],\"finish_reason\":\"stop\"}]"));
		}
	}

	@Test
	void everyKindOfMessageIsWritten() {
		ToolCall call = ToolCall.of("t1", "clock", ToolArguments.of(Map.of("zone", "UTC")));
		String json = ContentJson.input(List.of(SystemMessage.of("Be brief"), UserMessage.of("When?"),
				AssistantMessage.of(ReasoningPart.of("hm"), call), ToolMessage.of(call, "noon")));
		assertThat(json).isEqualTo("[{\"role\":\"system\",\"parts\":[{\"type\":\"text\",\"content\":\"Be brief\"}]},"
				+ "{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"When?\"}]},"
				+ "{\"role\":\"assistant\",\"parts\":[{\"type\":\"reasoning\",\"content\":\"hm\"},"
				+ "{\"type\":\"tool_call\",\"id\":\"t1\",\"name\":\"clock\",\"arguments\":{\"zone\":\"UTC\"}}]},"
				+ "{\"role\":\"tool\",\"parts\":[{\"type\":\"tool_call_response\",\"id\":\"t1\",\"response\":\"noon\"}]}]");
	}

	@Test
	void mediaAreNamedWithoutTheirBytes() {
		String json = ContentJson.input(List.of(UserMessage.of(new TextPart("Look"),
				new ImagePart(Media.bytes("image/png", new byte[] { 1, 2, 3 }), null),
				new DocumentPart(Media.url("https://example.com/a.pdf"), null),
				new AudioPart(Media.bytes("audio/wav", new byte[] { 1 })))));
		assertThat(json).contains("{\"type\":\"blob\",\"modality\":\"image\",\"mime_type\":\"image/png\"}",
				"{\"type\":\"uri\",\"modality\":\"document\",\"uri\":\"https://example.com/a.pdf\"}",
				"{\"type\":\"blob\",\"modality\":\"audio\",\"mime_type\":\"audio/wav\"}");
	}

	@Test
	void anAnswerIsWrittenWithTheReasonForItsEnd() {
		AssistantMessage answer = new AssistantMessage(
				List.of(new RefusalPart("No"), ToolCall.of("t1", "clock", ToolArguments.invalid("{zo", "cut off"))),
				new FinishReason(FinishReason.Kind.TOOL_CALLS, "tool_calls"), null, null);
		assertThat(ContentJson.output(answer))
			.isEqualTo("[{\"role\":\"assistant\",\"parts\":[{\"type\":\"refusal\",\"content\":\"No\"},"
					+ "{\"type\":\"tool_call\",\"id\":\"t1\",\"name\":\"clock\",\"arguments\":\"{zo\"}],"
					+ "\"finish_reason\":\"tool_call\"}]");
	}

}
