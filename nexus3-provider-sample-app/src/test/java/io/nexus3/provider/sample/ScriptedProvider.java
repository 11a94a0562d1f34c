package io.nexus3.provider.sample;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.AssistantPart;
import io.nexus3.provider.AsyncProvider;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.ContentDelta;
import io.nexus3.provider.FinishReason;
import io.nexus3.provider.ResponseInfo;
import io.nexus3.provider.StreamComplete;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.StreamSummary;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.ToolCallStarted;
import io.nexus3.provider.Usage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A provider that plays answers in order and remembers what it was asked. Not
 * thread-safe.
 */
public final class ScriptedProvider implements AsyncProvider {

	private final Deque<Flux<StreamEvent>> answers;

	private final List<CompletionRequest> requests = new ArrayList<>();

	private ScriptedProvider(List<Flux<StreamEvent>> answers) {
		this.answers = new ArrayDeque<>(answers);
	}

	@SafeVarargs
	public static ScriptedProvider of(Flux<StreamEvent>... answers) {
		List<Flux<StreamEvent>> list = new ArrayList<>();
		for (Flux<StreamEvent> answer : answers) {
			list.add(answer);
		}
		return new ScriptedProvider(list);
	}

	/**
	 * An answer of text in two pieces.
	 */
	public static Flux<StreamEvent> says(String start, String end) {
		return Flux.just(new ContentDelta(start), new ContentDelta(end),
				complete(usage(10L, 5L), new TextPart(start + end)));
	}

	/**
	 * An answer that calls tools.
	 */
	public static Flux<StreamEvent> calls(ToolCall... calls) {
		List<StreamEvent> events = new ArrayList<>();
		for (int i = 0; i < calls.length; i++) {
			events.add(new ToolCallStarted(i, calls[i].id(), calls[i].name()));
		}
		events.add(complete(usage(7L, 3L), calls));
		return Flux.fromIterable(events);
	}

	public static StreamComplete complete(@Nullable Usage usage, AssistantPart... parts) {
		boolean tools = Arrays.stream(parts).anyMatch(ToolCall.class::isInstance);
		FinishReason reason = new FinishReason(tools ? FinishReason.Kind.TOOL_CALLS : FinishReason.Kind.STOP, null);
		AssistantMessage message = new AssistantMessage(List.of(parts), reason, usage,
				new ResponseInfo("somewhere", "model-1", "id-1", null, Map.of()));
		return new StreamComplete(message, new StreamSummary(4, message.text().length(), message.toolCalls().size(),
				true, Duration.ofMillis(120), Duration.ofMillis(300)));
	}

	public static Usage usage(@Nullable Long input, @Nullable Long output) {
		return new Usage(input, output, null, null, null, BigDecimal.valueOf(0.25), null);
	}

	/**
	 * The requests in the order of arrival.
	 */
	public List<CompletionRequest> requests() {
		return this.requests;
	}

	@Override
	public Mono<AssistantMessage> complete(CompletionRequest request) {
		return stream(request).ofType(StreamComplete.class).map(StreamComplete::message).single();
	}

	@Override
	public Flux<StreamEvent> stream(CompletionRequest request) {
		return Flux.defer(() -> {
			this.requests.add(request);
			return this.answers.removeFirst();
		});
	}

}
