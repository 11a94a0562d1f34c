package io.nexus3.provider.protocol;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Ids for tool calls whose server gave them none.
 *
 * @since 0.1.0
 */
public final class ToolCallIds {

	private ToolCallIds() {
	}

	/**
	 * A fresh id. It is drawn without the system's source of randomness: decoders run on
	 * event loops, and reading that source blocks. An id has to be unique, not secret.
	 * @param prefix what it starts with, as the vendor's own ids do
	 * @return the prefix and 32 hexadecimal digits
	 */
	public static String next(String prefix) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		return prefix + String.format("%016x%016x", random.nextLong(), random.nextLong());
	}

}
