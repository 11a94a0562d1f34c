package io.nexus3.provider.sample.tool;

/**
 * A tool could not do what it was asked. The model reads the message and may try again.
 *
 * @since 0.1.0
 */
public class ToolFailedException extends RuntimeException {

	/**
	 * A new failure.
	 * @param message what was wrong, for the model to read
	 */
	public ToolFailedException(String message) {
		super(message);
	}

}
