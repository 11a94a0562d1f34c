package io.nexus3.provider;

/**
 * An instruction to the model from the application, usually the first message. It may
 * stand later too; providers that know it only at the top get it there.
 *
 * @param text the instruction
 * @since 0.1.0
 */
public record SystemMessage(String text) implements Message {

	/**
	 * A system message.
	 * @param text the instruction
	 * @return the message
	 */
	public static SystemMessage of(String text) {
		return new SystemMessage(text);
	}

}
