package io.nexus3.provider;

/**
 * The model's words when it refuses to answer.
 *
 * @param text the refusal
 * @see <a href="https://platform.openai.com/docs/guides/structured-outputs">OpenAI,
 * refusals</a>
 * @since 0.1.0
 */
public record RefusalPart(String text) implements AssistantPart {

}
