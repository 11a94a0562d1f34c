package io.nexus3.provider.test.raw;

import java.io.IOException;

/**
 * One thing that a raw server does on a connection. Runs on the connection's own thread,
 * so it may block.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RawStep {

	/**
	 * Does it.
	 * @param connection the connection
	 * @throws IOException if the client has gone: the script ends here
	 * @throws InterruptedException if the server is closed: the script ends here
	 */
	void run(RawConnection connection) throws IOException, InterruptedException;

}
