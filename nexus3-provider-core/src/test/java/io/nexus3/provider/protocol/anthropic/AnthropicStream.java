package io.nexus3.provider.protocol.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.protocol.AnswerDecoder;
import io.nexus3.provider.wire.SseFrame;

/**
 * A stream written by hand and what comes of it; single quotes stand for double ones.
 */
final class AnthropicStream {

	static final String START = "{'type':'message_start','message':{'id':'msg_1','type':'message',"
			+ "'role':'assistant','model':'claude-x','content':[],'stop_reason':null,'stop_sequence':null,"
			+ "'usage':{'input_tokens':10,'output_tokens':1}}}";

	static final String STOP = "{'type':'message_stop'}";

	final List<StreamEvent> events = new ArrayList<>();

	final AnswerDecoder decoder = new AnthropicProtocol().newDecoder(AnthropicBody.target("claude-x"));

	static AnthropicStream of(String... data) {
		AnthropicStream stream = new AnthropicStream();
		for (String event : data) {
			stream.frame(event);
		}
		return stream;
	}

	static AssistantMessage message(String... data) {
		return of(data).finish();
	}

	static AssistantMessage answer(String json) {
		AnthropicStream stream = new AnthropicStream();
		stream.decoder.json(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), stream.events::add);
		return stream.finish();
	}

	static String start(int index, String block) {
		return "{'type':'content_block_start','index':" + index + ",'content_block':" + block + "}";
	}

	static String delta(int index, String delta) {
		return "{'type':'content_block_delta','index':" + index + ",'delta':" + delta + "}";
	}

	static String stop(int index) {
		return "{'type':'content_block_stop','index':" + index + "}";
	}

	static String end(String reason) {
		return "{'type':'message_delta','delta':{'stop_reason':'" + reason
				+ "','stop_sequence':null},'usage':{'output_tokens':7}}";
	}

	AnthropicStream frame(String data) {
		return frame(null, data);
	}

	AnthropicStream frame(String event, String data) {
		byte[] bytes = data.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
		SseFrame frame = new SseFrame();
		frame.set(event, "", bytes, 0, bytes.length);
		this.decoder.frame(frame, this.events::add);
		return this;
	}

	AssistantMessage finish() {
		return this.decoder.finish(null, this.events::add);
	}

}
