package io.nexus3.provider.protocol.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.FinishReason;
import io.nexus3.provider.FinishReason.Kind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.ResponseInfo;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.VendorError;
import io.nexus3.provider.VendorJson.Origin;
import io.nexus3.provider.protocol.AnswerDecoder;
import io.nexus3.provider.protocol.ErrorBodies;
import io.nexus3.provider.protocol.Failures;
import io.nexus3.provider.protocol.RawFields;
import io.nexus3.provider.protocol.SkippedEvents;
import io.nexus3.provider.protocol.Target;
import io.nexus3.provider.protocol.json.FrameSkeleton;
import io.nexus3.provider.protocol.json.MalformedJsonException;
import io.nexus3.provider.wire.SseFrame;
import org.jspecify.annotations.Nullable;

/**
 * Folds one answer of this format. The type of an event is read from its data: the name
 * beside it only repeats it, and some gateways leave it out. Events of a kind unknown
 * today are skipped, as the vendor asks.
 *
 * @see <a href=
 * "https://platform.claude.com/docs/en/build-with-claude/streaming">Anthropic, streaming
 * messages</a>
 */
final class AnthropicAnswerDecoder implements AnswerDecoder {

	private final EventReader reader = new EventReader();

	private final WireEvent event = new WireEvent();

	private final FrameSkeleton skeleton;

	private final MessageAssembler assembler;

	private final Map<String, String> vendorFields = new LinkedHashMap<>();

	private final Target target;

	private @Nullable String id;

	private @Nullable String model;

	private @Nullable String stopReason;

	private @Nullable String usage;

	private boolean begun;

	private boolean terminated;

	private long frames;

	AnthropicAnswerDecoder(Target target, Origin origin) {
		this(target, origin, new FrameSkeleton());
	}

	AnthropicAnswerDecoder(Target target, Origin origin, FrameSkeleton skeleton) {
		this.skeleton = skeleton;
		this.target = target;
		this.assembler = new MessageAssembler(origin, target.limits());
	}

	@Override
	public void frame(SseFrame frame, Consumer<? super StreamEvent> events) {
		if (this.terminated || frame.isBlank() || isForeignMarker(frame)) {
			return;
		}
		if (++this.frames > this.target.limits().events()) {
			throw ProviderException.of(ErrorKind.RESPONSE_TOO_LARGE,
					"The stream exceeds the limit events of " + this.target.limits().events());
		}
		if ("error".equals(frame.event())) {
			throw inBand(frame.text());
		}
		String text = this.skeleton.match(frame.buffer(), frame.offset(), frame.length());
		if (text != null) {
			this.event.delta.say(text);
			this.assembler.append(this.event.index, this.event.delta, events);
			return;
		}
		read(frame.buffer(), frame.offset(), frame.length(), false);
		if (this.event.error != null || "error".equals(this.event.type)) {
			throw inBand(frame.text());
		}
		this.reader.teach(this.skeleton, frame.buffer(), this.event);
		apply(this.event, events);
	}

	@Override
	public void json(byte[] body, Consumer<? super StreamEvent> events) {
		this.frames++;
		read(body, 0, body.length, true);
		if (this.event.error != null || "error".equals(this.event.type)) {
			throw inBand(new String(body, StandardCharsets.UTF_8));
		}
		if (!this.event.content && this.event.stopReason == null) {
			throw ProviderException.of(ErrorKind.PROTOCOL,
					"The answer has neither content nor a stop reason: " + ErrorBodies.excerpt(body));
		}
		begin(this.event, events);
	}

	/**
	 * Some gateways end this format, too, with the marker of OpenAI's. It proves nothing.
	 */
	private static boolean isForeignMarker(SseFrame frame) {
		return frame.length() < 16 && frame.text().strip().equals("[DONE]");
	}

	private void read(byte[] buffer, int offset, int length, boolean whole) {
		try {
			this.reader.read(buffer, offset, length, this.event);
		}
		catch (MalformedJsonException ex) {
			throw Failures.malformed(whole ? 0 : this.frames, ex, ErrorBodies.excerpt(buffer, offset, length));
		}
	}

	private void apply(WireEvent event, Consumer<? super StreamEvent> events) {
		switch ((event.type != null) ? event.type : "") {
			case "message_start" -> begin(event, events);
			case "content_block_start" -> startBlock(event, events);
			case WireEvent.DELTA -> {
				this.assembler.append(event.index, event.delta, events);
				if (event.delta.isUnknown()) {
					SkippedEvents.log(this.frames, "a delta with " + event.delta.fields.keySet());
				}
			}
			case "content_block_stop" -> this.assembler.stop(event.index, events);
			case "message_delta" -> {
				takeMessage(event);
				this.vendorFields.putAll(event.delta.fields);
			}
			case "message_stop" -> this.terminated = true;
			case "ping" -> {
				// Only keeps the connection alive.
			}
			default -> SkippedEvents.log(this.frames, event.type);
		}
	}

	/** A second start voids the first: what was begun does not go on. */
	private void begin(WireEvent event, Consumer<? super StreamEvent> events) {
		this.begun = true;
		this.assembler.restart();
		this.vendorFields.clear();
		this.stopReason = null;
		this.usage = null;
		takeMessage(event);
		event.blocks.forEach((block) -> this.assembler.whole(block, events));
	}

	private void takeMessage(WireEvent event) {
		this.id = (event.id != null) ? event.id : this.id;
		this.model = (event.model != null) ? event.model : this.model;
		this.stopReason = (event.stopReason != null) ? event.stopReason : this.stopReason;
		this.usage = UsageReader.overlay(this.usage, event.usage);
		this.vendorFields.putAll(event.vendorFields);
	}

	private void startBlock(WireEvent event, Consumer<? super StreamEvent> events) {
		if (event.blocks.isEmpty()) {
			throw ProviderException.of(ErrorKind.PROTOCOL,
					"Event " + this.frames + " of the stream starts a content block but holds none");
		}
		this.begun = true;
		this.assembler.start(event.index, event.blocks.get(0), events);
	}

	private static ProviderException inBand(String text) {
		return Failures.inBand(ErrorBodies.read(text.getBytes(StandardCharsets.UTF_8), VendorError.ofHead(200, null)),
				ErrorBodies.namedStatus(RawFields.field(text, "error", null)));
	}

	@Override
	public boolean terminated() {
		return this.terminated;
	}

	/** A stop reason alone counts at a clean end only. */
	@Override
	public boolean complete() {
		return this.terminated;
	}

	private boolean stopped() {
		return this.terminated || this.stopReason != null;
	}

	@Override
	public long frames() {
		return this.frames;
	}

	@Override
	public AssistantMessage finish(@Nullable String strayErrorLine, Consumer<? super StreamEvent> events) {
		if (strayErrorLine != null && !stopped()) {
			throw inBand(strayErrorLine);
		}
		if (!this.begun) {
			throw ProviderException.of(ErrorKind.EMPTY_RESPONSE, "The answer has no content at all");
		}
		if (!stopped() && this.target.acceptTruncated()) {
			AssistantMessage partial = partial();
			return new AssistantMessage(partial.parts(), StopReasons.of(null), partial.usage(), partial.response());
		}
		if (!stopped()) {
			throw ProviderException.of(ErrorKind.INTERRUPTED, "The answer ended without a stop reason");
		}
		this.reader.close();
		FinishReason reason = StopReasons.of(this.stopReason);
		boolean cutOff = reason.kind() == Kind.LENGTH || reason.kind() == Kind.CONTENT_FILTER;
		return new AssistantMessage(this.assembler.finish(cutOff, events), reason, UsageReader.read(this.usage),
				response());
	}

	@Override
	public AssistantMessage partial() {
		FinishReason reason = (this.stopReason != null) ? StopReasons.of(this.stopReason) : null;
		return new AssistantMessage(this.assembler.partial(), reason, UsageReader.read(this.usage), response());
	}

	private ResponseInfo response() {
		return new ResponseInfo(this.target.provider(), this.model, this.id, null, this.vendorFields);
	}

}
