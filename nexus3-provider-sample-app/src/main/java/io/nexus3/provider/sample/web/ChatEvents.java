package io.nexus3.provider.sample.web;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import io.nexus3.provider.ContentDelta;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.ReasoningDelta;
import io.nexus3.provider.RefusalDelta;
import io.nexus3.provider.StreamComplete;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.ToolArguments;
import io.nexus3.provider.ToolCallDelta;
import io.nexus3.provider.ToolCallStarted;
import io.nexus3.provider.sample.tool.ToolLoopEvent;
import io.nexus3.provider.sample.tool.TooManyRoundsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.publisher.Timed;

/**
 * Makes the browser's events out of what happens in a tool loop. One per answer; not
 * thread-safe.
 */
final class ChatEvents {

	private static final Logger logger = LoggerFactory.getLogger(ChatEvents.class);

	private final Rounds rounds = new Rounds();

	private boolean sent;

	private ChatEvents() {
	}

	/**
	 * Translate an answer, together with what happens to its calls.
	 * @param loop what happens
	 * @param watch is told what happens to the calls; one per answer
	 * @return the events, which never fail: an error is the last event
	 */
	static Flux<ChatEvent> of(Flux<ToolLoopEvent> loop, CallWatch watch) {
		return Flux.defer(() -> {
			AtomicReference<ChatEvent> last = new AtomicReference<>();
			Flux<ChatEvent> answer = of(loop.contextWrite(watch::into)).doOnTerminate(watch::close);
			// Two sources have no common order: what ends the answer must not be
			// overtaken.
			return Flux.merge(watch.events(), answer).<ChatEvent>handle((event, sink) -> {
				if (event instanceof ChatEvent.Complete || event instanceof ChatEvent.Failed) {
					last.set(event);
				}
				else {
					sink.next(event);
				}
			}).concatWith(Mono.fromSupplier(last::get));
		});
	}

	/**
	 * Translate an answer.
	 * @param loop what happens
	 * @return the events, which never fail: an error is the last event
	 */
	static Flux<ChatEvent> of(Flux<ToolLoopEvent> loop) {
		return Flux.defer(() -> {
			ChatEvents events = new ChatEvents();
			return loop.timed()
				.<ChatEvent>handle(events::translate)
				.doOnNext((event) -> events.sent = true)
				.onErrorResume((error) -> Mono.just(events.failed(error)));
		});
	}

	private void translate(Timed<ToolLoopEvent> timed, SynchronousSink<ChatEvent> sink) {
		ToolLoopEvent event = timed.get();
		if (event instanceof ToolLoopEvent.Streamed streamed) {
			ChatEvent translated = translate(streamed.round(), streamed.event(), timed.elapsedSinceSubscription());
			if (translated != null) {
				sink.next(translated);
			}
		}
		else if (event instanceof ToolLoopEvent.Answered answered) {
			sink.next(answered(answered));
		}
	}

	private @Nullable ChatEvent translate(int round, StreamEvent event, Duration elapsed) {
		if (event instanceof ContentDelta delta) {
			return new ChatEvent.Content(delta.text());
		}
		if (event instanceof ReasoningDelta delta) {
			return new ChatEvent.Reasoning(delta.text());
		}
		if (event instanceof RefusalDelta delta) {
			return new ChatEvent.Refusal(delta.text());
		}
		if (event instanceof ToolCallStarted call) {
			return new ChatEvent.ToolCall(round, call.index(), call.id(), call.name());
		}
		if (event instanceof ToolCallDelta delta) {
			return new ChatEvent.ToolArguments(round, delta.index(), delta.arguments());
		}
		if (event instanceof StreamComplete complete) {
			this.rounds.add(complete);
			// With tool calls it ends a round and not the answer.
			return complete.message().toolCalls().isEmpty() ? this.rounds.complete(complete, elapsed.toMillis()) : null;
		}
		// Later versions may send more kinds of events.
		return null;
	}

	private static ChatEvent answered(ToolLoopEvent.Answered answered) {
		ToolArguments arguments = answered.call().arguments();
		return new ChatEvent.ToolResult(answered.round(), answered.index(), answered.call().id(),
				answered.call().name(), arguments.valid() ? arguments.asMap() : String.valueOf(arguments.raw()),
				answered.result().text(), answered.result().error());
	}

	private ChatEvent failed(Throwable error) {
		if (error instanceof ProviderException failure) {
			Duration retryAfter = failure.retryAfter();
			return new ChatEvent.Failed(Names.of(failure.kind()), failure.summary(), failure.provider(),
					failure.status(), failure.retryable(), (retryAfter != null) ? retryAfter.toMillis() : null,
					this.sent);
		}
		if (error instanceof TooManyRoundsException) {
			return new ChatEvent.Failed("too-many-rounds", String.valueOf(error.getMessage()), null, null, false, null,
					this.sent);
		}
		logger.error("An answer failed for a reason of our own", error);
		return new ChatEvent.Failed("internal", "The application failed; its log says why", null, null, false, null,
				this.sent);
	}

}
