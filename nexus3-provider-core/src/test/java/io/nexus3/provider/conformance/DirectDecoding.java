package io.nexus3.provider.conformance;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.Message;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.StreamComplete;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.StreamSummary;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.ToolMessage;
import io.nexus3.provider.UserMessage;
import io.nexus3.provider.config.BaseUrl;
import io.nexus3.provider.config.Limits;
import io.nexus3.provider.protocol.AnswerDecoder;
import io.nexus3.provider.protocol.Target;
import io.nexus3.provider.protocol.WireProtocol;
import io.nexus3.provider.transport.sse.SseDecoder;
import io.nexus3.provider.type.ProviderEndpoint;
import io.nexus3.provider.type.ProviderTypes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads exchanges with the decoders alone, and writes what they gave.
 */
final class DirectDecoding {

	private static final JsonMapper JSON = new JsonMapper();

	private DirectDecoding() {
	}

	/** A stream fed to the decoders one byte at a time. */
	static Reading byteByByte(WireCase wireCase) {
		AnswerDecoder decoder = protocol(wireCase).newDecoder(target(wireCase));
		List<StreamEvent> events = new ArrayList<>();
		SseDecoder sse = new SseDecoder(Limits.defaults().sseEvent(), (frame) -> {
			decoder.frame(frame, events::add);
			return !decoder.terminated();
		});
		try {
			for (int i = 0; i < wireCase.body().length; i++) {
				sse.feed(wireCase.body(), i, 1);
			}
			sse.finish();
			AssistantMessage message = decoder.finish(sse.strayErrorLine(), events::add);
			events.add(new StreamComplete(message, new StreamSummary(0, 0, 0, true, Duration.ZERO, Duration.ZERO)));
			return Reading.ofEvents("decoder, one byte at a time", events);
		}
		catch (ProviderException ex) {
			return Reading.ofError("decoder, one byte at a time", events,
					ex.withDetails(ex.details().withPartialMessage(decoder.partial())));
		}
	}

	/** How many bytes of a stream give its first event, or -1 where none does. */
	static int endOfFirstModelEvent(WireCase wireCase) {
		AnswerDecoder decoder = protocol(wireCase).newDecoder(target(wireCase));
		List<StreamEvent> events = new ArrayList<>();
		SseDecoder sse = new SseDecoder(Limits.defaults().sseEvent(), (frame) -> {
			decoder.frame(frame, events::add);
			return events.isEmpty();
		});
		try {
			for (int i = 0; i < wireCase.body().length; i++) {
				sse.feed(wireCase.body(), i, 1);
				if (!events.isEmpty()) {
					return i + 1;
				}
			}
		}
		catch (ProviderException ex) {
			return -1;
		}
		return -1;
	}

	/** What is lost when a message is sent back to where it came from. */
	static List<String> lostInReplay(WireCase wireCase, AssistantMessage message) {
		List<Message> messages = new ArrayList<>(List.of(UserMessage.of("Hello"), message));
		message.toolCalls().forEach((call) -> messages.add(ToolMessage.of(call, "done")));
		messages.add(UserMessage.of("Go on"));
		WireProtocol protocol = protocol(wireCase);
		byte[] body = protocol.encode(CompletionRequest.of(messages), target(wireCase), false).body();
		JsonNode sent = JSON.readTree(body).path("messages").path(1);
		boolean anthropic = wireCase.format().equals("anthropic");
		List<String> lost = lostCalls(message, anthropic ? anthropicCalls(sent) : openAiCalls(sent));
		if (anthropic || wireCase.type().equals("openrouter")) {
			String text = sent.toString();
			signatures(new String(wireCase.body(), StandardCharsets.UTF_8)).stream()
				.filter((signature) -> !text.contains(signature))
				.forEach((signature) -> lost.add("replay: signature " + signature.substring(0, 20)));
		}
		return lost;
	}

	private static List<String> lostCalls(AssistantMessage message, List<Sent> sent) {
		List<String> lost = new ArrayList<>();
		for (int i = 0; i < message.toolCalls().size(); i++) {
			ToolCall call = message.toolCalls().get(i);
			if (i >= sent.size() || !call.id().equals(sent.get(i).id())) {
				lost.add("replay: id of call " + i);
			}
			else if (call.arguments().valid()
					&& !Agreement.sameJson(JSON.valueToTree(call.arguments().asMap()), sent.get(i).arguments())) {
				lost.add("replay: arguments of call " + i);
			}
		}
		return lost;
	}

	private static List<Sent> openAiCalls(JsonNode message) {
		return message.path("tool_calls")
			.valueStream()
			.map((call) -> new Sent(call.path("id").asString(""),
					JSON.readTree(call.at("/function/arguments").stringValue())))
			.toList();
	}

	private static List<Sent> anthropicCalls(JsonNode message) {
		return message.path("content")
			.valueStream()
			.filter((block) -> block.path("type").asString("").equals("tool_use"))
			.map((block) -> new Sent(block.path("id").asString(""), block.path("input")))
			.toList();
	}

	/** The signatures of an exchange, found as text so that no decoder is trusted. */
	private static List<String> signatures(String body) {
		List<String> found = new ArrayList<>();
		Matcher matcher = Pattern.compile("\"(?:signature|data)\"\\s*:\\s*\"([A-Za-z0-9+/=_-]{24,})\"").matcher(body);
		while (matcher.find()) {
			found.add(matcher.group(1));
		}
		return found;
	}

	private static WireProtocol protocol(WireCase wireCase) {
		return ProviderTypes.builtIn()
			.find(wireCase.type())
			.protocol()
			.protocol(new ProviderEndpoint(BaseUrl.parse("https://host.example/v1"), null));
	}

	private static Target target(WireCase wireCase) {
		return new Target(wireCase.name(), "model", RequestOptions.defaults(), false, Limits.defaults());
	}

	private record Sent(String id, JsonNode arguments) {

	}

}
