package io.nexus3.provider.guard;

/**
 * The keys of all tests. They share a beginning that stands nowhere else, so that one
 * look finds any of them where none may be.
 */
public final class Canary {

	/** What every key of a test begins with. */
	public static final String MARK = "sk-canary-";

	/** The key to use where nothing else is wanted. */
	public static final String KEY = MARK + "0123456789";

	private Canary() {
	}

}
