package io.nexus3.provider.test.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.nexus3.provider.test.Voice;
import io.nexus3.provider.test.format.ApiError;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.model.Answer;
import io.nexus3.provider.test.model.Pace;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One answer of a script: what the model says or which error comes in its place, how
 * fast, and what goes wrong on the way. Immutable; every {@code with} method returns a
 * new one. <pre class="code">
 * ScriptedAnswer.text("21 degrees").withReasoning("I looked it up").withPace(Pace.of(Duration.ofMillis(300), 50))
 * </pre>
 *
 * @since 0.1.0
 */
public final class ScriptedAnswer {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private final @Nullable Answer answer;

	private final @Nullable ApiError error;

	private final @Nullable Pace pace;

	private final @Nullable Fault fault;

	private final Map<String, String> headers;

	private ScriptedAnswer(@Nullable Answer answer, @Nullable ApiError error, @Nullable Pace pace,
			@Nullable Fault fault, Map<String, String> headers) {
		this.answer = answer;
		this.error = error;
		this.pace = pace;
		this.fault = fault;
		this.headers = headers;
	}

	/**
	 * A text.
	 * @param text what the model says
	 * @return the answer
	 */
	public static ScriptedAnswer text(String text) {
		return of(Answer.text(text));
	}

	/**
	 * A call of a tool.
	 * @param name the tool's name
	 * @param arguments its arguments as a JSON object
	 * @return the answer; further calls with {@link #withToolCall}
	 * @throws tools.jackson.core.JacksonException if the arguments are not JSON
	 */
	public static ScriptedAnswer toolCall(String name, String arguments) {
		return text("").withToolCall(name, arguments);
	}

	/**
	 * What a simulated model answers, as a value.
	 * @param answer the answer
	 * @return the answer
	 */
	public static ScriptedAnswer of(Answer answer) {
		return new ScriptedAnswer(answer, null, null, null, Map.of());
	}

	/**
	 * The usual answer of the provider, to be paced or spoiled.
	 * @return the answer
	 */
	public static ScriptedAnswer usual() {
		return new ScriptedAnswer(null, null, null, null, Map.of());
	}

	/**
	 * An error in the envelope of the dialect, in place of an answer.
	 * @param status the HTTP status
	 * @param message its message
	 * @return the answer
	 */
	public static ScriptedAnswer error(int status, String message) {
		return new ScriptedAnswer(null, ApiError.of(status, message), null, null, Map.of());
	}

	/**
	 * Adds reasoning before the answer. Some vendors tell it only to those who ask.
	 * @param reasoning what the model thinks
	 * @return a new answer
	 * @throws IllegalStateException if this is an error or the usual answer
	 */
	public ScriptedAnswer withReasoning(String reasoning) {
		return withAnswer(own().withReasoning(reasoning));
	}

	/**
	 * Adds a call of a tool.
	 * @param name the tool's name
	 * @param arguments its arguments as a JSON object
	 * @return a new answer
	 * @throws IllegalStateException if this is an error or the usual answer
	 * @throws tools.jackson.core.JacksonException if the arguments are not JSON
	 */
	public ScriptedAnswer withToolCall(String name, String arguments) {
		Answer before = own();
		List<Answer.Call> calls = new ArrayList<>(before.calls());
		calls.add(new Answer.Call(name, MAPPER.readTree(arguments)));
		return withAnswer(new Answer(before.reasoning(), before.text(), calls, before.cut()));
	}

	/**
	 * Sets how fast the answer comes; as fast as the provider answers unless set.
	 * @param newPace time to the first token, and tokens a second
	 * @return a new answer
	 */
	public ScriptedAnswer withPace(Pace newPace) {
		return new ScriptedAnswer(this.answer, this.error, newPace, this.fault, this.headers);
	}

	/**
	 * Sets what goes wrong on the way.
	 * @param newFault the fault
	 * @return a new answer
	 */
	public ScriptedAnswer withFault(Fault newFault) {
		return new ScriptedAnswer(this.answer, this.error, this.pace, newFault, this.headers);
	}

	/**
	 * Sets a header of the response, such as {@code Retry-After}.
	 * @param name its name
	 * @param value its value
	 * @return a new answer
	 */
	public ScriptedAnswer withHeader(String name, String value) {
		Map<String, String> more = new LinkedHashMap<>(this.headers);
		more.put(name, value);
		return new ScriptedAnswer(this.answer, this.error, this.pace, this.fault, more);
	}

	private ScriptedAnswer withAnswer(Answer newAnswer) {
		return new ScriptedAnswer(newAnswer, this.error, this.pace, this.fault, this.headers);
	}

	private Answer own() {
		if (this.answer == null) {
			throw new IllegalStateException("Only an answer of its own can be added to, and this is: " + this);
		}
		return this.answer;
	}

	ScriptedResponse speak(Voice voice) {
		ScriptedResponse response = said(voice);
		for (Map.Entry<String, String> header : this.headers.entrySet()) {
			response = response.withHeader(header.getKey(), header.getValue());
		}
		return (this.fault != null) ? this.fault.applyTo(response, voice) : response;
	}

	private ScriptedResponse said(Voice voice) {
		Pace tempo = (this.pace != null) ? this.pace : voice.pace();
		if (this.error != null) {
			ScriptedResponse response = voice.error(this.error);
			return tempo.firstToken().isZero() ? response : response.withHeadAfter(tempo.firstToken());
		}
		Answer own = this.answer;
		return voice.answer((own != null) ? (prompt) -> own : voice.model(), tempo);
	}

	/**
	 * Says what is answered.
	 * @return a few words
	 */
	@Override
	public String toString() {
		StringBuilder text = new StringBuilder();
		if (this.error != null) {
			text.append("error ").append(this.error.status()).append(" \"").append(this.error.message()).append('"');
		}
		else if (this.answer == null) {
			text.append("the usual answer");
		}
		else if (this.answer.text().isEmpty()) {
			text.append("tool calls ").append(this.answer.calls().stream().map(Answer.Call::name).toList());
		}
		else {
			text.append("text \"").append(RequestPattern.shortened(this.answer.text())).append('"');
		}
		return text.append((this.fault != null) ? ", " + this.fault : "").toString();
	}

}
