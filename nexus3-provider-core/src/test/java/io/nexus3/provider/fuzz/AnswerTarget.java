package io.nexus3.provider.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.config.BaseUrl;
import io.nexus3.provider.config.Limits;
import io.nexus3.provider.protocol.AnswerDecoder;
import io.nexus3.provider.protocol.Target;
import io.nexus3.provider.protocol.WireProtocol;
import io.nexus3.provider.transport.sse.SseDecoder;
import io.nexus3.provider.type.ProviderEndpoint;
import io.nexus3.provider.type.ProviderTypes;

/**
 * The answers of a wire format, as a stream and as one body: a message, or a typed error
 * with what had come before it.
 */
final class AnswerTarget {

	/** Ids that the library draws where the server gave none. */
	private static final Pattern DRAWN = Pattern.compile("(call_|toolu_)[0-9a-f]{32}");

	private static final Target TARGET = new Target("fuzz", "model", RequestOptions.defaults(), false,
			Limits.defaults());

	private final List<WireProtocol> protocols;

	AnswerTarget(String... types) {
		ProviderEndpoint endpoint = new ProviderEndpoint(BaseUrl.parse("https://host.example/v1"), null);
		this.protocols = List.of(types)
			.stream()
			.map((type) -> ProviderTypes.builtIn().find(type).protocol().protocol(endpoint))
			.toList();
	}

	void run(byte[] input) {
		WireProtocol protocol = this.protocols.get(input.length % this.protocols.size());
		String whole = null;
		for (int[] cuts : Cutting.ways(input)) {
			String outcome = stream(protocol, input, cuts);
			whole = (whole != null) ? whole : outcome;
			if (!outcome.equals(whole)) {
				throw new AssertionError("Cut, the stream gives " + outcome + ", whole " + whole);
			}
		}
		json(protocol, input);
	}

	private static String stream(WireProtocol protocol, byte[] input, int[] cuts) {
		AnswerDecoder decoder = protocol.newDecoder(TARGET);
		List<StreamEvent> events = new ArrayList<>();
		SseDecoder sse = new SseDecoder(Limits.defaults().sseEvent(), (frame) -> {
			decoder.frame(frame, events::add);
			return !decoder.terminated();
		});
		String end;
		try {
			Cutting.feed(input, cuts, sse::feed);
			sse.finish();
			end = String.valueOf(decoder.finish(sse.strayErrorLine(), events::add));
		}
		catch (ProviderException ex) {
			end = ex + " " + ex.details() + " " + decoder.partial();
		}
		return DRAWN.matcher(events + " " + end).replaceAll("$1*");
	}

	private static void json(WireProtocol protocol, byte[] input) {
		AnswerDecoder decoder = protocol.newDecoder(TARGET);
		List<StreamEvent> events = new ArrayList<>();
		try {
			decoder.json(input, events::add);
			AssistantMessage message = decoder.finish(null, events::add);
			if (message.finishReason() == null) {
				throw new AssertionError("A message without an end: " + message);
			}
		}
		catch (ProviderException ex) {
			decoder.partial();
		}
	}

}
