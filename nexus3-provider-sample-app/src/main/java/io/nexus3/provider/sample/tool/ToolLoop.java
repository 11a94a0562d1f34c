package io.nexus3.provider.sample.tool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.nexus3.provider.AsyncProvider;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.Message;
import io.nexus3.provider.StreamComplete;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.ToolCall;
import io.nexus3.provider.ToolDefinition;
import io.nexus3.provider.ToolMessage;
import io.nexus3.provider.sample.tool.ToolLoopEvent.Answered;
import io.nexus3.provider.sample.tool.ToolLoopEvent.Streamed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets a model use tools: streams its answer, runs the tools that it calls, sends the
 * results back and streams on, until it answers without calling any.
 * <p>
 * Whatever goes wrong with a call is told to the model, which can do better; only errors
 * of the provider end the loop. Cancelling stops the model and the tools. Safe for use by
 * many threads.
 *
 * @since 0.1.0
 */
public final class ToolLoop {

	private static final Logger logger = LoggerFactory.getLogger(ToolLoop.class);

	private final Map<String, Tool> tools = new LinkedHashMap<>();

	private final List<ToolDefinition> definitions;

	private final int maxRounds;

	/**
	 * A loop.
	 * @param tools the tools on offer, possibly none
	 * @param maxRounds how often the model may be asked, at least 1
	 */
	public ToolLoop(List<? extends Tool> tools, int maxRounds) {
		tools.forEach((tool) -> this.tools.put(tool.definition().name(), tool));
		this.definitions = tools.stream().map(Tool::definition).toList();
		this.maxRounds = maxRounds;
	}

	/**
	 * Run the loop.
	 * @param provider who answers
	 * @param request the conversation so far; its tools are replaced by those of the loop
	 * @return what happens, as it happens; or the provider's error, or a
	 * {@link TooManyRoundsException}
	 */
	public Flux<ToolLoopEvent> run(AsyncProvider provider, CompletionRequest request) {
		return round(provider, request.withTools(this.definitions), 1);
	}

	private Flux<ToolLoopEvent> round(AsyncProvider provider, CompletionRequest request, int round) {
		return provider.stream(request).concatMap((event) -> {
			Flux<ToolLoopEvent> streamed = Flux.just(new Streamed(round, event));
			return wantsTools(event) ? streamed.concatWith(goOn(provider, request, (StreamComplete) event, round))
					: streamed;
		});
	}

	/**
	 * Asks the calls and not the finish reason: several servers say "stop" with calls.
	 */
	private static boolean wantsTools(StreamEvent event) {
		return event instanceof StreamComplete complete && !complete.message().toolCalls().isEmpty();
	}

	private Flux<ToolLoopEvent> goOn(AsyncProvider provider, CompletionRequest request, StreamComplete complete,
			int round) {
		if (round == this.maxRounds) {
			return Flux.error(() -> new TooManyRoundsException(this.maxRounds));
		}
		return Flux.defer(() -> {
			List<Message> conversation = new ArrayList<>(request.messages());
			conversation.add(complete.message());
			return answers(complete.message().toolCalls(), round)
				.doOnNext((answered) -> conversation.add(answered.result()))
				.cast(ToolLoopEvent.class)
				.concatWith(Flux.defer(() -> round(provider, request.withMessages(conversation), round + 1)));
		});
	}

	/**
	 * The tools run together; their results keep the order of the calls.
	 */
	private Flux<Answered> answers(List<ToolCall> calls, int round) {
		return Flux.range(0, calls.size())
			.flatMapSequential((index) -> answer(calls.get(index))
				.map((result) -> new Answered(round, index, calls.get(index), result)));
	}

	private Mono<ToolMessage> answer(ToolCall call) {
		if (!call.arguments().valid()) {
			return Mono.just(ToolMessage.error(call,
					"The arguments are not a JSON object: %s. Call the tool again with a JSON object."
						.formatted(call.arguments().problem())));
		}
		Tool tool = this.tools.get(call.name());
		if (tool == null) {
			return Mono.just(ToolMessage.error(call,
					"There is no tool '%s'. The tools are: %s".formatted(call.name(), this.tools.keySet())));
		}
		return Mono.defer(() -> tool.call(call.arguments()))
			.map((text) -> ToolMessage.of(call, text))
			.onErrorResume(ToolFailedException.class,
					(failure) -> Mono.just(ToolMessage.error(call, String.valueOf(failure.getMessage()))))
			.onErrorResume((failure) -> {
				// A bug in a tool is the application's business: the model gets no
				// detail.
				logger.warn("The tool '{}' failed", call.name(), failure);
				return Mono.just(ToolMessage.error(call, "The tool failed."));
			})
			.switchIfEmpty(Mono.fromSupplier(() -> ToolMessage.error(call, "The tool gave no result.")));
	}

}
