package io.nexus3.provider.protocol.openai;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

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
 * Folds one answer of this format. A whole answer is read as a stream of one chunk, so
 * that both say the same.
 */
final class OpenAiAnswerDecoder implements AnswerDecoder {

	private static final Pattern EMPTY = Pattern.compile("\\{\\s*}|\\[\\s*]");

	private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

	/** After these a tool call may lack its end. */
	private static final Set<Kind> CUT_OFF = Set.of(Kind.LENGTH, Kind.CONTENT_FILTER, Kind.ERROR);

	private final ChunkReader reader = new ChunkReader();

	private final Chunk chunk = new Chunk();

	private final FrameSkeleton skeleton;

	private final MessageAssembler assembler;

	private final Map<String, String> vendorFields = new LinkedHashMap<>();

	private final LogProbabilities logProbabilities = new LogProbabilities();

	private final Target target;

	private @Nullable String id;

	private @Nullable String model;

	private @Nullable String upstreamProvider;

	private @Nullable String finishReason;

	private @Nullable String usage;

	private @Nullable String vendorUsage;

	private @Nullable String gatewayCost;

	private boolean choice;

	private boolean whole;

	private boolean terminated;

	private long frames;

	OpenAiAnswerDecoder(Target target, Origin origin) {
		this(target, origin, new FrameSkeleton());
	}

	OpenAiAnswerDecoder(Target target, Origin origin, FrameSkeleton skeleton) {
		this.skeleton = skeleton;
		this.target = target;
		this.assembler = new MessageAssembler(origin, target.limits().toolArguments(), target.limits().responseBody());
	}

	@Override
	public void frame(SseFrame frame, Consumer<? super StreamEvent> events) {
		boolean error = "error".equals(frame.event());
		if (this.terminated || (frame.isBlank() && !error)) {
			return;
		}
		if (++this.frames > this.target.limits().events()) {
			throw ProviderException.of(ErrorKind.RESPONSE_TOO_LARGE,
					"The stream exceeds the limit events of " + this.target.limits().events());
		}
		if (isDone(frame)) {
			this.terminated = true;
			return;
		}
		if (error) {
			throw inBand(ErrorBodies.read(frame.text().getBytes(StandardCharsets.UTF_8), ok()),
					RawFields.field(frame.text(), "error", frame.text()));
		}
		String text = this.skeleton.match(frame.buffer(), frame.offset(), frame.length());
		if (text != null) {
			// The rest is as in the event before, and has been applied.
			this.assembler.again(this.chunk, text, events);
			return;
		}
		read(frame.buffer(), frame.offset(), frame.length(), false);
		if (!this.chunk.choices && this.chunk.error == null && this.chunk.usage == null) {
			if (saysError()) {
				throw inBand(ErrorBodies.read(frame.text().getBytes(StandardCharsets.UTF_8), ok()), frame.text());
			}
			SkippedEvents.log(this.frames, frame.event());
		}
		this.reader.teach(this.skeleton, frame.buffer(), this.chunk);
		apply(events);
	}

	@Override
	public void json(byte[] body, Consumer<? super StreamEvent> events) {
		this.frames++;
		read(body, 0, body.length, true);
		if (!this.chunk.choices && this.chunk.error == null) {
			VendorError error = ErrorBodies.read(body, ok());
			if (saysError()) {
				throw inBand(error, error.body());
			}
			throw ProviderException.of(ErrorKind.PROTOCOL, "The answer has no choices: " + ErrorBodies.excerpt(body));
		}
		apply(events);
		this.whole = this.choice;
	}

	private void read(byte[] buffer, int offset, int length, boolean whole) {
		try {
			this.reader.read(buffer, offset, length, whole ? "message" : "delta", this.chunk);
		}
		catch (MalformedJsonException ex) {
			throw Failures.malformed(whole ? 0 : this.frames, ex, ErrorBodies.excerpt(buffer, offset, length));
		}
	}

	private void apply(Consumer<? super StreamEvent> events) {
		Chunk chunk = this.chunk;
		if (chunk.error != null && !isEmpty(chunk.error)) {
			throw inBand(ErrorBodies.readInBand(chunk.error, ok()), chunk.error);
		}
		this.id = (chunk.id != null) ? chunk.id : this.id;
		this.model = (chunk.model != null) ? chunk.model : this.model;
		this.upstreamProvider = (chunk.upstreamProvider != null) ? chunk.upstreamProvider : this.upstreamProvider;
		this.usage = (chunk.usage != null) ? chunk.usage : this.usage;
		this.vendorUsage = (chunk.vendorUsage != null) ? chunk.vendorUsage : this.vendorUsage;
		this.gatewayCost = (chunk.gatewayCost != null) ? chunk.gatewayCost : this.gatewayCost;
		this.choice |= chunk.choice;
		if (chunk.finishReason != null && (this.finishReason == null || !chunk.finishReason.isEmpty())) {
			this.finishReason = chunk.finishReason;
		}
		if (!chunk.vendorFields.isEmpty()) {
			this.assembler.count(this.logProbabilities.take(chunk.vendorFields));
			chunk.vendorFields.forEach(this::keep);
		}
		this.assembler.accept(chunk, events);
	}

	/** Fields that repeat count once: only what is kept costs memory. */
	private void keep(String name, String value) {
		String before = this.vendorFields.put(name, value);
		this.assembler.count((before != null) ? value.length() - before.length() : value.length() + name.length());
	}

	/** An error whose fields stand at the top, where a chunk has none of that name. */
	private boolean saysError() {
		Map<String, String> fields = this.chunk.vendorFields;
		return fields.containsKey("message") || fields.containsKey("detail") || fields.containsKey("error_code");
	}

	private ProviderException inBand(VendorError error, @Nullable String raw) {
		return Failures.inBand(error, ErrorBodies.namedStatus(raw));
	}

	private static VendorError ok() {
		return VendorError.ofHead(200, null);
	}

	@Override
	public boolean terminated() {
		return this.terminated;
	}

	@Override
	public boolean complete() {
		return this.terminated || this.whole || (this.finishReason != null && !this.finishReason.isEmpty());
	}

	@Override
	public long frames() {
		return this.frames;
	}

	@Override
	public AssistantMessage finish(@Nullable String strayErrorLine, Consumer<? super StreamEvent> events) {
		if (strayErrorLine != null && !complete()) {
			throw inBand(ErrorBodies.read(strayErrorLine.getBytes(StandardCharsets.UTF_8), ok()), null);
		}
		if (!this.choice) {
			throw ProviderException.of(ErrorKind.EMPTY_RESPONSE, "The answer has no content at all");
		}
		if (!complete() && this.target.acceptTruncated()) {
			AssistantMessage partial = partial();
			return new AssistantMessage(partial.parts(), FinishReasons.of(null), partial.usage(), partial.response());
		}
		if (!complete()) {
			throw ProviderException.of(ErrorKind.INTERRUPTED,
					"The stream ended with neither a terminal marker nor a finish reason");
		}
		this.reader.close();
		this.assembler.flush(events);
		FinishReason reason = FinishReasons.of(this.finishReason);
		return new AssistantMessage(this.assembler.finish(CUT_OFF.contains(reason.kind())), reason, usage(),
				response());
	}

	@Override
	public AssistantMessage partial() {
		FinishReason reason = (this.finishReason != null) ? FinishReasons.of(this.finishReason) : null;
		return new AssistantMessage(this.assembler.partial(), reason, usage(), response());
	}

	private io.nexus3.provider.@Nullable Usage usage() {
		return UsageReader.read((this.usage != null) ? this.usage : this.vendorUsage, this.gatewayCost);
	}

	private ResponseInfo response() {
		this.logProbabilities.put(this.vendorFields);
		return new ResponseInfo(this.target.provider(), this.model, this.id, this.upstreamProvider, this.vendorFields);
	}

	private static boolean isEmpty(String error) {
		return error.equals("\"\"") || error.equals("false") || EMPTY.matcher(error).matches();
	}

	private static boolean isDone(SseFrame frame) {
		byte[] buffer = frame.buffer();
		int start = frame.offset();
		int end = start + frame.length();
		while (start < end && buffer[start] <= ' ' && buffer[start] >= 0) {
			start++;
		}
		for (int i = 0; i < DONE.length; i++) {
			if (start + i >= end || buffer[start + i] != DONE[i]) {
				return false;
			}
		}
		return true;
	}

}
