package io.nexus3.provider.test.anthropic;

import java.util.ArrayList;
import java.util.List;

import io.nexus3.provider.test.anthropic.MessageReply.Thought;
import io.nexus3.provider.test.model.Answer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a reply as the named events of a stream. One per reply; not thread-safe.
 *
 * @see <a href=
 * "https://platform.claude.com/docs/en/build-with-claude/streaming">Anthropic, streaming
 * messages</a>
 */
final class EventWriter {

	private final MessageReply reply;

	private final boolean fine;

	private final List<String> events = new ArrayList<>();

	private int index;

	/**
	 * Begins a stream.
	 * @param fine whether the input of calls comes in small pieces
	 */
	EventWriter(MessageReply reply, boolean fine) {
		this.reply = reply;
		this.fine = fine;
	}

	static String event(String name, ObjectNode data) {
		return "event: " + name + "\ndata: " + data + "\n\n";
	}

	/** Whether an event carries a token. */
	static boolean isToken(String event) {
		return event.startsWith("event: content_block_delta");
	}

	/**
	 * Returns the events in order, each with its blank line.
	 */
	List<String> write() {
		start();
		if (this.reply.thought() != null) {
			thought(this.reply.thought());
		}
		if (!this.reply.answer().text().isEmpty()) {
			begin(MessageJson.object().put("type", "text").put("text", ""));
			Answer.tokens(this.reply.answer().text()).forEach((token) -> delta("text_delta", "text", token));
			end();
		}
		List<Answer.Call> calls = this.reply.answer().calls();
		for (int i = 0; i < calls.size(); i++) {
			begin(MessageJson.call(this.reply, i));
			// The first piece is always empty.
			delta("input_json_delta", "partial_json", "");
			MessageJson.fragments(calls.get(i).arguments(), this.fine)
				.forEach((piece) -> delta("input_json_delta", "partial_json", piece));
			end();
		}
		stop();
		return this.events;
	}

	private void start() {
		ObjectNode message = MessageJson.envelope(this.reply);
		message.putArray("content");
		message.putNull("stop_reason").putNull("stop_sequence");
		message.set("usage", MessageJson.usage(this.reply, 1));
		ObjectNode data = data("message_start");
		add(data.set("message", message));
	}

	private void thought(Thought thought) {
		if (thought.redacted()) {
			begin(MessageJson.thought(thought));
		}
		else {
			begin(MessageJson.thought(new Thought("", "", false)));
			Answer.tokens(thought.text()).forEach((token) -> delta("thinking_delta", "thinking", token));
			delta("signature_delta", "signature", thought.signature());
		}
		end();
	}

	private void begin(ObjectNode block) {
		ObjectNode data = data("content_block_start").put("index", this.index);
		add(data.set("content_block", block));
		if (this.index == 0) {
			add(data("ping"));
		}
	}

	private void delta(String type, String field, String text) {
		ObjectNode data = data("content_block_delta").put("index", this.index);
		data.putObject("delta").put("type", type).put(field, text);
		add(data);
	}

	private void end() {
		add(data("content_block_stop").put("index", this.index));
		this.index++;
	}

	private void stop() {
		ObjectNode data = data("message_delta");
		data.putObject("delta")
			.put("stop_reason", this.reply.stopReason())
			.put("stop_sequence", this.reply.stopSequence());
		ObjectNode usage = MessageJson.usage(this.reply, this.reply.outputTokens());
		usage.remove(List.of("cache_creation", "service_tier"));
		add(data.set("usage", usage));
		add(data("message_stop"));
	}

	private static ObjectNode data(String type) {
		return MessageJson.object().put("type", type);
	}

	private void add(ObjectNode data) {
		this.events.add(event(data.path("type").asString(""), data));
	}

}
