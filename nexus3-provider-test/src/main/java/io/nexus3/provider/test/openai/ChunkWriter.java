package io.nexus3.provider.test.openai;

import java.util.ArrayList;
import java.util.List;

import io.nexus3.provider.test.model.Answer;
import io.nexus3.provider.test.openai.Habits.Extra;
import io.nexus3.provider.test.openai.Habits.RoleHabit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a reply as the events of a stream. One per reply; not thread-safe.
 */
final class ChunkWriter {

	private static final String PADDING = "k7Qm2ZxW9aRt4Lp0";

	private final Habits habits;

	private final Reply reply;

	private final WireParts parts;

	private final boolean usageAsked;

	private final boolean padded;

	private final List<String> events = new ArrayList<>();

	ChunkWriter(Habits habits, Reply reply, JsonNode streamOptions) {
		this.habits = habits;
		this.reply = reply;
		this.parts = new WireParts(habits, reply);
		this.usageAsked = streamOptions.path("include_usage").asBoolean(false);
		this.padded = this.parts.has(Extra.OBFUSCATION) && streamOptions.path("include_obfuscation").asBoolean(true);
	}

	/**
	 * Returns the events in order, each with its blank line.
	 */
	List<String> write() {
		Answer answer = this.reply.answer();
		start();
		if (this.reply.reasoningShown() && this.habits.deltas().reasoningField() != null) {
			Answer.tokens(answer.reasoning()).forEach(this::reasoning);
			signature();
		}
		Answer.tokens(answer.text()).forEach((token) -> chunk(delta().put("content", token)));
		for (int i = 0; i < answer.calls().size(); i++) {
			call(i, answer.calls().get(i).arguments().toString());
		}
		end();
		return this.events;
	}

	private void start() {
		if (this.parts.has(Extra.COMMENTS)) {
			this.events.add(": OPENROUTER PROCESSING\n\n");
			this.events.add(": OPENROUTER PROCESSING\n\n");
		}
		if (this.parts.has(Extra.CONTENT_FILTER)) {
			ObjectNode first = WireParts.object().put("id", "").put("object", "").put("created", 0).put("model", "");
			first.putArray("choices");
			event(first.set("prompt_filter_results", WireParts.promptFilterResults()));
		}
		// As OpenAI does it, the role of a message that only calls comes with the first
		// call.
		boolean onlyCalls = this.reply.answer().text().isEmpty() && !this.reply.answer().calls().isEmpty()
				&& this.habits.deltas().reasoningField() == null;
		if (this.habits.deltas().role() == RoleHabit.FIRST_CHUNK && !onlyCalls) {
			chunk(WireParts.object().put("role", "assistant").put("content", ""));
		}
	}

	private void reasoning(String token) {
		ObjectNode delta = withEmptyContent(delta()).put(this.habits.deltas().reasoningField(), token);
		if (this.parts.has(Extra.REASONING_DETAILS)) {
			delta.putArray("reasoning_details").add(this.parts.reasoningDetail().put("text", token));
		}
		chunk(delta);
	}

	private void signature() {
		if (this.parts.has(Extra.REASONING_DETAILS) && !this.reply.answer().reasoning().isEmpty()) {
			ObjectNode delta = withEmptyContent(delta()).putNull(this.habits.deltas().reasoningField());
			delta.putArray("reasoning_details")
				.add(this.parts.reasoningDetail().put("signature", this.parts.signature()));
			chunk(delta);
		}
	}

	private void call(int index, String arguments) {
		if (this.habits.deltas().callsInOnePiece()) {
			ObjectNode delta = withEmptyContent(delta());
			delta.putArray("tool_calls").add(this.parts.call(index, arguments));
			chunk(delta);
			return;
		}
		ObjectNode head = withNullContent(delta());
		if (index == 0 && this.habits.deltas().reasoningField() == null && this.reply.answer().text().isEmpty()) {
			head.put("role", "assistant").putNull("content").putNull("refusal");
		}
		head.putArray("tool_calls").add(this.parts.call(index, ""));
		chunk(head);
		for (String piece : WireParts.pieces(arguments)) {
			ObjectNode delta = withNullContent(delta());
			delta.putArray("tool_calls").addObject().put("index", index).putObject("function").put("arguments", piece);
			chunk(delta);
		}
	}

	private void end() {
		ObjectNode last = chunkOf(withEmptyContent(delta()));
		this.parts.finish((ObjectNode) last.path("choices").path(0));
		event(last);
		if (this.habits.usage().always()) {
			ObjectNode usage = last.deepCopy();
			event(usage.set("usage", this.parts.usage()));
		}
		else if (this.usageAsked) {
			ObjectNode usage = this.parts.envelope("chat.completion.chunk");
			usage.putArray("choices");
			usage.set("usage", this.parts.usage());
			event(padded(usage));
		}
		this.events.add("data: [DONE]\n\n");
	}

	private ObjectNode delta() {
		ObjectNode delta = WireParts.object();
		return (this.habits.deltas().role() == RoleHabit.EVERY_CHUNK) ? delta.put("role", "assistant") : delta;
	}

	private ObjectNode withEmptyContent(ObjectNode delta) {
		return (this.habits.deltas().role() == RoleHabit.EVERY_CHUNK) ? delta.put("content", "") : delta;
	}

	private ObjectNode withNullContent(ObjectNode delta) {
		return (this.habits.deltas().role() == RoleHabit.EVERY_CHUNK) ? delta.putNull("content") : delta;
	}

	private void chunk(ObjectNode delta) {
		event(chunkOf(delta));
	}

	private ObjectNode chunkOf(ObjectNode delta) {
		ObjectNode chunk = this.parts.envelope("chat.completion.chunk");
		ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
		choice.set("delta", delta);
		if (this.parts.has(Extra.LOGPROBS)) {
			choice.putNull("logprobs");
		}
		choice.putNull("finish_reason");
		if (this.parts.has(Extra.NATIVE_FINISH_REASON)) {
			choice.putNull("native_finish_reason");
		}
		if (this.parts.has(Extra.CONTENT_FILTER)) {
			choice.putObject("content_filter_results");
		}
		if (this.usageAsked && this.habits.usage().nullBefore()) {
			chunk.putNull("usage");
		}
		return padded(chunk);
	}

	private ObjectNode padded(ObjectNode chunk) {
		return this.padded ? chunk.put("obfuscation", PADDING.substring(this.events.size() % (PADDING.length() - 1)))
				: chunk;
	}

	private void event(JsonNode data) {
		this.events.add("data: " + data + "\n\n");
	}

}
