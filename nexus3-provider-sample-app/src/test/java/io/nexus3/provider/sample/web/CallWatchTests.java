package io.nexus3.provider.sample.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.ContentDelta;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.config.BaseUrl;
import io.nexus3.provider.config.ModelConfig;
import io.nexus3.provider.registry.CallListener.Asked;
import io.nexus3.provider.registry.CallListener.CallInfo;
import io.nexus3.provider.registry.CallTrace;
import io.nexus3.provider.registry.CallTrace.AttemptEnd;
import io.nexus3.provider.registry.CallTrace.Outcome;
import io.nexus3.provider.registry.ResolvedModel;
import io.nexus3.provider.sample.ScriptedProvider;
import io.nexus3.provider.sample.tool.ToolLoop;
import io.nexus3.provider.wire.RawLogListener;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;

class CallWatchTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private long nanos;

	private final CallWatch watch = new CallWatch(true, () -> this.nanos);

	private final CallWatchListener listener = new CallWatchListener();

	@Test
	void tellsOfAttemptsAndOfTheWaitBetweenThem() {
		CallTrace trace = this.listener.callStarted(call(), this.watch.into(Context.empty()));
		trace.attemptStarted(1);
		this.nanos += Duration.ofMillis(40).toNanos();
		ProviderException error = ProviderException.of(ErrorKind.RATE_LIMIT, "Too many requests");
		trace.attemptEnded(new AttemptEnd(1, Outcome.FAILED, 429, "req-1", error, null));
		trace.retryPlanned(error, Duration.ofMillis(1200));
		trace.attemptStarted(2);
		trace.attemptEnded(new AttemptEnd(2, Outcome.COMPLETED, 200, null, null, null));
		this.watch.close();
		assertThat(events()).containsExactly(new CallEvent.AttemptStarted(1, 1, "openai", "gpt-5"),
				new CallEvent.AttemptEnded(1, 1, "failed", 429, "req-1", "rate-limit", "Too many requests", 40),
				new CallEvent.RetryPlanned(1, 2, 1200, "rate-limit"),
				new CallEvent.AttemptStarted(1, 2, "openai", "gpt-5"),
				new CallEvent.AttemptEnded(1, 2, "completed", 200, null, null, null, 0));
	}

	@Test
	void countsCallsAsRounds() {
		Context context = this.watch.into(Context.empty());
		this.listener.callStarted(call(), context).attemptStarted(1);
		this.listener.callStarted(call(), context).attemptStarted(1);
		this.watch.close();
		assertThat(events()).extracting(CallEvent::round).containsExactly(1, 2);
	}

	@Test
	void leavesCallsAloneThatNobodyWatches() {
		CallTrace trace = this.listener.callStarted(call(), Context.empty());
		trace.attemptStarted(1);
		this.watch.close();
		assertThat(events()).isEmpty();
	}

	@Test
	void bringsARawLogListenerOnlyWhenAsked() {
		assertThat(this.watch.into(Context.empty()).hasKey(RawLogListener.class)).isTrue();
		assertThat(new CallWatch(false, () -> 0).into(Context.empty()).hasKey(RawLogListener.class)).isFalse();
	}

	@Test
	void endsAnAnswerWithItsEndWhateverElseIsTold() {
		Flux<StreamEvent> answer = Flux.deferContextual((context) -> {
			CallTrace trace = this.listener.callStarted(call(), context);
			trace.attemptStarted(1);
			return Flux
				.just(new ContentDelta("Yes"), (StreamEvent) ScriptedProvider.complete(null, new TextPart("Yes")))
				.doOnNext((event) -> trace.attemptEnded(new AttemptEnd(1, Outcome.COMPLETED, 200, null, null, null)));
		});
		List<ChatEvent> events = ChatEvents
			.of(new ToolLoop(List.of(), 8).run(ScriptedProvider.of(answer), CompletionRequest.of("Hi")), this.watch)
			.collectList()
			.block(LIMIT);
		assertThat(events).extracting(ChatEvent::eventName)
			.contains("attempt-started", "attempt-ended", "content")
			.endsWith("complete");
	}

	@Test
	void endsAFailedAnswerWithItsError() {
		List<ChatEvent> events = ChatEvents.of(Flux.error(ProviderException.of(ErrorKind.OTHER, "No")), this.watch)
			.collectList()
			.block(LIMIT);
		assertThat(events).extracting(ChatEvent::eventName).containsExactly("error");
	}

	private List<CallEvent> events() {
		List<CallEvent> events = this.watch.events().collectList().block(LIMIT);
		return (events != null) ? events : new ArrayList<>();
	}

	private static CallInfo call() {
		ModelConfig config = ModelConfig.of("gpt", "openai", "gpt-5");
		return new CallInfo("call-1", "openai", "openai", new ResolvedModel("gpt", "openai", "gpt-5", config), true,
				new Asked(CompletionRequest.of("Hi"), RequestOptions.defaults(),
						BaseUrl.parse("https://api.openai.com/v1")));
	}

}
