package io.nexus3.provider.test.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * What the server sends in answer to one request: an immutable script that every
 * {@code with} and {@code then} method extends by returning a new one.
 *
 * @param beforeHead steps before the first byte of the answer (pauses and gates; a write
 * here goes out raw, before the status line)
 * @param head status and headers, or {@code null} where the script writes raw bytes or
 * nothing at all
 * @param body steps of the body
 * @param ending what happens after the last step
 * @since 0.1.0
 */
public record ScriptedResponse(List<BodyStep> beforeHead, @Nullable ResponseHead head, List<BodyStep> body,
		Ending ending) {

	/**
	 * Copies the steps.
	 */
	public ScriptedResponse {
		beforeHead = List.copyOf(beforeHead);
		body = List.copyOf(body);
	}

	/**
	 * An answer without a body, and so far without headers.
	 * @param status the status code
	 * @return the script; its framing is {@link Framing#LENGTH}, or {@link Framing#NONE}
	 * for 1xx, 204, 205 and 304
	 */
	public static ScriptedResponse status(int status) {
		boolean bodiless = status < 200 || status == 204 || status == 205 || status == 304;
		Framing framing = bodiless ? Framing.NONE : Framing.LENGTH;
		return new ScriptedResponse(List.of(), new ResponseHead(status, List.of(), framing), List.of(), Ending.CLEAN);
	}

	/**
	 * A JSON answer with its length in a header.
	 * @param status the status code
	 * @param body the body, sent as one write
	 * @return the script
	 */
	public static ScriptedResponse json(int status, byte[] body) {
		return status(status).withHeader("Content-Type", "application/json").thenWrite(body);
	}

	/**
	 * A JSON answer with its length in a header.
	 * @param status the status code
	 * @param body the body, sent as UTF-8 in one write
	 * @return the script
	 */
	public static ScriptedResponse json(int status, String body) {
		return json(status, body.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * An event stream with status 200 and chunked framing, to be filled with steps.
	 * @return the script
	 */
	public static ScriptedResponse sse() {
		return status(200).withFraming(Framing.CHUNKED).withHeader("Content-Type", "text/event-stream");
	}

	/**
	 * An event stream with status 200 and chunked framing.
	 * @param body all its bytes, sent as one write unless split
	 * @return the script
	 */
	public static ScriptedResponse sse(byte[] body) {
		return sse().thenWrite(body);
	}

	/**
	 * An event stream with status 200 and chunked framing.
	 * @param body all its text, sent as UTF-8 in one write unless split
	 * @return the script
	 */
	public static ScriptedResponse sse(String body) {
		return sse().thenWrite(body);
	}

	/**
	 * Bytes that go to the socket as they are, status line included if there is one: for
	 * what no head can express (a broken chunk, endless headers, no HTTP at all).
	 * @param bytes the bytes
	 * @return the script; it ends with {@link Ending#CLOSE}
	 */
	public static ScriptedResponse raw(byte[] bytes) {
		return new ScriptedResponse(List.of(), null, List.of(new BodyStep.Write(bytes)), Ending.CLOSE);
	}

	/**
	 * Bytes that go to the socket as they are; see {@link #raw(byte[])}.
	 * @param text the bytes as UTF-8 text
	 * @return the script; it ends with {@link Ending#CLOSE}
	 */
	public static ScriptedResponse raw(String text) {
		return raw(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * No byte of an answer.
	 * @param ending what happens to the connection in place of an answer:
	 * {@link Ending#CLOSE}, {@link Ending#RESET} or {@link Ending#STALL}
	 * @return the script
	 */
	public static ScriptedResponse noAnswer(Ending ending) {
		return new ScriptedResponse(List.of(), null, List.of(), ending);
	}

	/**
	 * Sets the status.
	 * @param status the status code
	 * @return a new script
	 */
	public ScriptedResponse withStatus(int status) {
		return changeHead((head) -> head.withStatus(status));
	}

	/**
	 * Sets a header, in place of any of that name.
	 * @param name the name, as it is to be sent
	 * @param value the value
	 * @return a new script
	 */
	public ScriptedResponse withHeader(String name, String value) {
		return changeHead((head) -> head.withHeader(name, value));
	}

	/**
	 * Adds a header after those of the same name.
	 * @param name the name, as it is to be sent
	 * @param value the value
	 * @return a new script
	 */
	public ScriptedResponse withAddedHeader(String name, String value) {
		return changeHead((head) -> head.withAddedHeader(name, value));
	}

	/**
	 * Removes a header.
	 * @param name the name in any case
	 * @return a new script
	 */
	public ScriptedResponse withoutHeader(String name) {
		return changeHead((head) -> head.withoutHeader(name));
	}

	/**
	 * Sets the framing.
	 * @param framing how the end of the body is marked
	 * @return a new script
	 */
	public ScriptedResponse withFraming(Framing framing) {
		return changeHead((head) -> head.withFraming(framing));
	}

	/**
	 * Holds back the first byte of the answer for a while.
	 * @param duration how long
	 * @return a new script
	 */
	public ScriptedResponse withHeadAfter(Duration duration) {
		return withStepBeforeHead(new BodyStep.Pause(duration));
	}

	/**
	 * Holds back the first byte of the answer until the test opens the gate.
	 * @param gate the gate
	 * @return a new script
	 */
	public ScriptedResponse withHeadAfter(Gate gate) {
		return withStepBeforeHead(new BodyStep.Await(gate));
	}

	/**
	 * Adds one write.
	 * @param bytes the bytes; not copied
	 * @return a new script
	 */
	public ScriptedResponse thenWrite(byte[] bytes) {
		return then(new BodyStep.Write(bytes));
	}

	/**
	 * Adds one write.
	 * @param text the bytes as UTF-8 text
	 * @return a new script
	 */
	public ScriptedResponse thenWrite(String text) {
		return thenWrite(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Adds a pause.
	 * @param duration how long
	 * @return a new script
	 */
	public ScriptedResponse thenPause(Duration duration) {
		return then(new BodyStep.Pause(duration));
	}

	/**
	 * Adds a gate at which the server waits for the test.
	 * @param gate the gate
	 * @return a new script
	 */
	public ScriptedResponse thenAwait(Gate gate) {
		return then(new BodyStep.Await(gate));
	}

	/**
	 * Adds a step.
	 * @param step the step
	 * @return a new script
	 */
	public ScriptedResponse then(BodyStep step) {
		List<BodyStep> steps = new ArrayList<>(this.body);
		steps.add(step);
		return withBody(steps);
	}

	/**
	 * Sets what happens after the last step.
	 * @param newEnding the ending
	 * @return a new script
	 */
	public ScriptedResponse withEnding(Ending newEnding) {
		return new ScriptedResponse(this.beforeHead, this.head, this.body, newEnding);
	}

	/**
	 * Sets the steps of the body.
	 * @param steps the steps
	 * @return a new script
	 */
	public ScriptedResponse withBody(List<BodyStep> steps) {
		return new ScriptedResponse(this.beforeHead, this.head, steps, this.ending);
	}

	/**
	 * Keeps only the steps up to and with the n-th write.
	 * @param writes the number of writes to keep, 0 or more
	 * @return a new script
	 */
	public ScriptedResponse withFirstWrites(int writes) {
		return withBody(BodySplitter.firstWrites(this.body, writes));
	}

	/**
	 * Sends every byte of the body in a write of its own.
	 * @return a new script
	 */
	public ScriptedResponse oneBytePerWrite() {
		return withBody(BodySplitter.everyByte(this.body));
	}

	/**
	 * Cuts the writes of the body at the given places; existing cuts remain.
	 * @param offsets offsets from the start of the whole body, in any order; those beyond
	 * its end have no effect
	 * @return a new script
	 */
	public ScriptedResponse splitAt(int... offsets) {
		return withBody(BodySplitter.at(this.body, offsets));
	}

	/**
	 * Cuts the writes of the body at places drawn by chance; existing cuts remain.
	 * @param random the source of chance; seed it to repeat a run
	 * @param maxBytes the most bytes in one write, at least 1
	 * @return a new script
	 */
	public ScriptedResponse splitRandomly(Random random, int maxBytes) {
		return withBody(BodySplitter.randomly(this.body, random, maxBytes));
	}

	/**
	 * Puts a pause between each write of the body and the next.
	 * @param duration how long
	 * @return a new script
	 */
	public ScriptedResponse withPauseBetweenWrites(Duration duration) {
		return withBody(BodySplitter.pausing(this.body, duration));
	}

	private ScriptedResponse withStepBeforeHead(BodyStep step) {
		List<BodyStep> steps = new ArrayList<>(this.beforeHead);
		steps.add(step);
		return new ScriptedResponse(steps, this.head, this.body, this.ending);
	}

	private ScriptedResponse changeHead(UnaryOperator<ResponseHead> change) {
		if (this.head == null) {
			throw new IllegalStateException("This script has no head: it writes raw bytes or nothing");
		}
		return new ScriptedResponse(this.beforeHead, change.apply(this.head), this.body, this.ending);
	}

}
