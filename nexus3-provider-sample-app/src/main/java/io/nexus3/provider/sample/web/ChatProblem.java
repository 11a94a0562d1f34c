package io.nexus3.provider.sample.web;

import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * A request that is answered before any stream begins, as
 * {@code application/problem+json}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
final class ChatProblem extends ErrorResponseException {

	private ChatProblem(HttpStatus status, ProblemDetail body) {
		super(status, body, null);
	}

	/**
	 * Something is wrong with the request.
	 * @param detail what, and what to write instead
	 */
	static ChatProblem badRequest(String detail) {
		return new ChatProblem(HttpStatus.BAD_REQUEST,
				ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, detail));
	}

	/**
	 * The page of somebody else asks in the user's name.
	 */
	static ChatProblem foreignPage() {
		return new ChatProblem(HttpStatus.FORBIDDEN,
				ProblemDetail.forStatusAndDetail(HttpStatus.FORBIDDEN, "Pages of other sites may not ask a model"));
	}

	/**
	 * There is no such model.
	 * @param alias the alias asked for, or {@code null} when there is no default model
	 * @param known the aliases that exist
	 */
	static ChatProblem unknownModel(@Nullable String alias, Collection<String> known) {
		String detail = (alias != null) ? "There is no model '%s'".formatted(alias) : "There is no default model";
		ProblemDetail body = ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, detail + (known.isEmpty()
				? ", nor any other: configure nexus3.models" : ". The models are: " + String.join(", ", known)));
		body.setTitle("Unknown model");
		body.setProperty("models", List.copyOf(known));
		return new ChatProblem(HttpStatus.NOT_FOUND, body);
	}

}
