package io.nexus3.provider.test.anthropic;

import java.time.Clock;
import java.util.List;
import java.util.function.Function;

import io.nexus3.provider.test.format.ApiError;
import io.nexus3.provider.test.format.ChatService;
import io.nexus3.provider.test.format.FormatRequest;
import io.nexus3.provider.test.format.Vendor;
import io.nexus3.provider.test.format.Violation;
import io.nexus3.provider.test.model.Answer;
import io.nexus3.provider.test.model.Pace;
import io.nexus3.provider.test.model.Prompt;
import org.jspecify.annotations.Nullable;

/**
 * Anthropic: {@code POST /v1/messages} with thinking, signatures that are checked when
 * they come back, tool calls in pieces, a prompt cache and named events.
 *
 * @see <a href="https://platform.claude.com/docs/en/api/messages">Anthropic, create a
 * message</a>
 * @since 0.1.0
 */
public final class Anthropic implements Vendor {

	/** The vendor. */
	public static final Vendor VENDOR = new Anthropic();

	/**
	 * A text that makes a model which thinks answer with redacted thinking, when it
	 * stands in the last user message: the vendor's own means for tests.
	 * @see <a href=
	 * "https://platform.claude.com/docs/en/build-with-claude/extended-thinking">Anthropic,
	 * thinking redaction</a>
	 */
	public static final String REDACTED_THINKING = "ANTHROPIC_MAGIC_STRING_TRIGGER_REDACTED_THINKING_"
			+ "46C9A13E193C177646C7398A98432ECCCE4C1253D5E2D82641AC0E52CC2876CB";

	private Anthropic() {
	}

	@Override
	public String page() {
		return Pages.MESSAGES;
	}

	@Override
	public String keyHeader() {
		return "x-api-key";
	}

	@Override
	public ApiError unauthorized(@Nullable String key) {
		return ApiError.of(401, (key == null) ? "x-api-key header is required" : "invalid x-api-key");
	}

	@Override
	public ApiError unknownModel(String model) {
		return ApiError.of(404, "model: " + model);
	}

	@Override
	public List<Violation> check(FormatRequest request) {
		return RequestRules.check(request, SignatureCheck.FORM);
	}

	@Override
	public Prompt prompt(FormatRequest request) {
		return PromptReader.read(request.body(), Messages.thinks(request.body()));
	}

	@Override
	public ChatService serve(Function<Prompt, Answer> model, Pace pace, Clock clock) {
		return new Messages(model, pace, clock);
	}

}
