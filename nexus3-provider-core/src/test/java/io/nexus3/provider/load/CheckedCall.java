package io.nexus3.provider.load;

import java.util.concurrent.TimeoutException;

import io.nexus3.provider.AsyncProvider;
import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.ContentDelta;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.StreamComplete;
import io.nexus3.provider.StreamEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Makes a numbered call and says whether its end is an honest one: the whole answer once,
 * or a typed error that follows a true beginning of the answer.
 */
final class CheckedCall {

	private final NumberedCall call;

	private final StringBuilder deltas = new StringBuilder();

	private @Nullable AssistantMessage message;

	private @Nullable String fault;

	private CheckedCall(NumberedCall call) {
		this.call = call;
	}

	static Mono<Outcome> make(NumberedCall call, AsyncProvider provider, boolean stream) {
		return Mono.defer(() -> {
			CheckedCall checked = new CheckedCall(call);
			Mono<?> made = stream ? provider.stream(call.request()).doOnNext(checked::event).then()
					: provider.complete(call.request()).doOnNext(checked::message).then();
			return made.timeout(LoadScene.WATCHDOG)
				.then(Mono.fromSupplier(() -> checked.success(stream)))
				.onErrorResume((error) -> Mono.just(checked.failure(error)));
		});
	}

	private void event(StreamEvent event) {
		if (this.message != null) {
			this.fault = "an event after the last";
		}
		if (event instanceof ContentDelta delta) {
			this.deltas.append(delta.text());
		}
		else if (event instanceof StreamComplete complete) {
			this.message = complete.message();
		}
	}

	private void message(AssistantMessage message) {
		this.message = message;
	}

	private Outcome success(boolean stream) {
		String text = this.call.text();
		if (this.message == null) {
			this.fault = "success without a message";
		}
		else if (!this.message.text().equals(text)) {
			this.fault = "the message is " + this.message.text();
		}
		else if (stream && !this.deltas.toString().equals(text)) {
			this.fault = "the events are " + this.deltas;
		}
		return new Outcome(this.call, null, this.fault);
	}

	private Outcome failure(Throwable error) {
		if (!(error instanceof ProviderException typed)) {
			return new Outcome(this.call, null,
					(error instanceof TimeoutException) ? "it hangs" : "an untyped error: " + error);
		}
		AssistantMessage partial = typed.partialMessage();
		if (!this.call.text().startsWith(this.deltas.toString())) {
			this.fault = "the events before the error are " + this.deltas;
		}
		else if (partial != null && !this.call.text().startsWith(partial.text())) {
			this.fault = "the partial message is " + partial.text();
		}
		else if (typed.partialOutput() != !this.deltas.isEmpty()) {
			this.fault = "the error says of partial output: " + typed.partialOutput();
		}
		else if (typed.provider() == null || typed.model() == null || typed.attempts().isEmpty()) {
			this.fault = "the error does not say whose it is: " + typed;
		}
		else if (typed.kind() == ErrorKind.OTHER) {
			this.fault = "the error has no kind: " + typed;
		}
		return new Outcome(this.call, typed, this.fault);
	}

	/**
	 * How a call ended.
	 *
	 * @param call which call
	 * @param error its error, or null
	 * @param fault what is wrong with that, or null when all is well
	 */
	record Outcome(NumberedCall call, @Nullable ProviderException error, @Nullable String fault) {

		boolean success() {
			return this.error == null && this.fault == null;
		}

		/** Success, or the kind of its error. */
		String name() {
			return (this.error != null) ? this.error.kind().name() : "SUCCESS";
		}

	}

}
