package io.nexus3.provider.sample.web;

import java.util.Locale;

/**
 * Writes enum constants as the page reads them.
 */
final class Names {

	private Names() {
	}

	/**
	 * The name of a constant, such as {@code tool-calls}.
	 */
	static String of(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
