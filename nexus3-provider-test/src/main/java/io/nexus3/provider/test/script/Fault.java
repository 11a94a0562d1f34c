package io.nexus3.provider.test.script;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

import io.nexus3.provider.test.Voice;
import io.nexus3.provider.test.format.ApiError;
import io.nexus3.provider.test.http.BodyStep;
import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.ScriptedResponse;

/**
 * What goes wrong within an answer that began well. Places are counted in events of the
 * stream; an answer in one piece has none, so there the fault comes after half of its
 * body, or in place of it where only a whole body makes sense. Immutable.
 *
 * @since 0.1.0
 */
public final class Fault {

	private static final int FLOOD_PIECE = 16 * 1024;

	private final String description;

	private final BiFunction<ScriptedResponse, Voice, ScriptedResponse> change;

	private Fault(String description, BiFunction<ScriptedResponse, Voice, ScriptedResponse> change) {
		this.description = description;
		this.change = change;
	}

	/**
	 * Closes the connection within the answer, without its end.
	 * @param events the events that come before, 0 or more
	 * @return the fault
	 */
	public static Fault cutAfter(int events) {
		return new Fault("cut after " + events + " events",
				(usual, voice) -> begun(usual, events).withEnding(Ending.CLOSE));
	}

	/**
	 * Sends nothing more and keeps the connection open.
	 * @param events the events that come before, 0 or more
	 * @return the fault
	 */
	public static Fault stallAfter(int events) {
		return new Fault("stall after " + events + " events",
				(usual, voice) -> begun(usual, events).withEnding(Ending.STALL));
	}

	/**
	 * Resets the connection. As on a real network, events sent just before may be lost
	 * with it.
	 * @param events the events that come before, 0 or more
	 * @return the fault
	 */
	public static Fault resetAfter(int events) {
		return new Fault("reset after " + events + " events",
				(usual, voice) -> begun(usual, events).withEnding(Ending.RESET));
	}

	/**
	 * Sends an event that is no JSON, then ends the stream as if all were well. An answer
	 * in one piece is JSON cut in the middle.
	 * @param events the events that come before, 0 or more
	 * @return the fault
	 */
	public static Fault malformedAfter(int events) {
		return new Fault("malformed after " + events + " events", (usual, voice) -> {
			ScriptedResponse first = first(usual, events);
			return isStream(usual) ? first.thenWrite("data: {\"broken\":\n\n") : first;
		});
	}

	/**
	 * Tells an error within the stream, in the words of the dialect, and ends it. An
	 * answer in one piece is the error with status 200.
	 * @param events the events that come before, 0 or more
	 * @param status the status that the error stands for
	 * @param message its message
	 * @return the fault
	 */
	public static Fault errorAfter(int events, int status, String message) {
		ApiError error = ApiError.of(status, message);
		return new Fault("error " + status + " after " + events + " events", (usual, voice) -> isStream(usual)
				? first(usual, events).thenWrite(voice.errorEvent(error)) : voice.error(error).withStatus(200));
	}

	/**
	 * Sends one line that does not end, then closes the connection: for limits on what a
	 * client takes.
	 * @param events the events that come before, 0 or more
	 * @param bytes how many bytes of it, 0 or more
	 * @return the fault
	 */
	public static Fault floodAfter(int events, long bytes) {
		return new Fault("flood of " + bytes + " bytes after " + events + " events", (usual, voice) -> {
			byte[] piece = new byte[FLOOD_PIECE];
			Arrays.fill(piece, (byte) 'x');
			ScriptedResponse first = first(usual, events);
			return (isStream(usual) ? first.thenWrite("data: ") : first)
				.then(new BodyStep.Repeat(piece, bytes / FLOOD_PIECE))
				.thenWrite(Arrays.copyOf(piece, (int) (bytes % FLOOD_PIECE)))
				.withEnding(Ending.CLOSE);
		});
	}

	/** Promises the whole length where only half of a body in one piece follows. */
	private static ScriptedResponse begun(ScriptedResponse usual, int events) {
		ScriptedResponse first = first(usual, events);
		return isStream(usual) ? first : first.withHeader("Content-Length", String.valueOf(body(usual).length));
	}

	private static ScriptedResponse first(ScriptedResponse usual, int events) {
		if (isStream(usual)) {
			return usual.withFirstWrites(events);
		}
		byte[] body = body(usual);
		return usual.withBody(List.of(new BodyStep.Write(Arrays.copyOf(body, body.length / 2))));
	}

	private static byte[] body(ScriptedResponse usual) {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		for (BodyStep step : usual.body()) {
			if (step instanceof BodyStep.Write write) {
				body.writeBytes(write.bytes());
			}
		}
		return body.toByteArray();
	}

	private static boolean isStream(ScriptedResponse response) {
		return response.head() != null && response.head()
			.headers()
			.stream()
			.anyMatch((header) -> header.getValue().startsWith("text/event-stream"));
	}

	ScriptedResponse applyTo(ScriptedResponse usual, Voice voice) {
		return this.change.apply(usual, voice);
	}

	/**
	 * Says what goes wrong.
	 * @return a few words
	 */
	@Override
	public String toString() {
		return this.description;
	}

}
