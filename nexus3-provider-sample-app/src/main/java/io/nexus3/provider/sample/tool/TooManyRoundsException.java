package io.nexus3.provider.sample.tool;

/**
 * A model went on calling tools and never answered.
 *
 * @since 0.1.0
 */
public class TooManyRoundsException extends RuntimeException {

	/**
	 * A new error.
	 * @param rounds how many rounds were allowed
	 */
	public TooManyRoundsException(int rounds) {
		super("The model still wanted to call tools after %d rounds without an answer".formatted(rounds));
	}

}
