package io.nexus3.provider.wire;

/**
 * Is told which connection pools there are, to measure them. What a listener throws is
 * caught and logged and breaks nothing. Methods run on the threads of calls: they must
 * not block.
 *
 * @since 0.1.0
 */
public interface PoolListener {

	/**
	 * A pool begins to be used.
	 * @param pool the pool, to be asked at any time until it is closed
	 */
	void poolOpened(ConnectionPool pool);

	/**
	 * A pool is closed.
	 * @param pool the pool, the same that was opened
	 */
	void poolClosed(ConnectionPool pool);

	/**
	 * A pool as it is at the moment. Safe for use by many threads.
	 */
	interface ConnectionPool {

		/**
		 * Whose pool it is.
		 * @return the configured name of the provider
		 */
		String provider();

		/**
		 * How many connections carry a call.
		 * @return the number of connections, 0 or more
		 */
		int active();

		/**
		 * How many connections wait for a call.
		 * @return the number of connections, 0 or more
		 */
		int idle();

		/**
		 * How many calls wait for a connection.
		 * @return the number of calls, 0 or more
		 */
		int pending();

		/**
		 * How many connections there may be.
		 * @return the number of connections, 1 or more
		 */
		int max();

	}

}
