package io.nexus3.provider.test.raw;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port of loopback at which every connection is refused, and at which nobody else can
 * begin to listen meanwhile: it is taken but not listened on. The counterpart of
 * {@link BlackHole}.
 *
 * @since 0.1.0
 */
public final class ClosedPort implements AutoCloseable {

	private final Socket taken = new Socket();

	private ClosedPort() {
	}

	/**
	 * Takes a free port of 127.0.0.1.
	 * @return the port, to be closed by the caller
	 */
	public static ClosedPort take() {
		ClosedPort port = new ClosedPort();
		try {
			port.taken.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
			return port;
		}
		catch (IOException ex) {
			port.close();
			throw new UncheckedIOException("No port of 127.0.0.1 can be taken", ex);
		}
	}

	/**
	 * Returns the port.
	 * @return the port at which connections are refused
	 */
	public int port() {
		return this.taken.getLocalPort();
	}

	/**
	 * Returns the address.
	 * @return {@code http://127.0.0.1:port}, without a slash at the end
	 */
	public String baseUrl() {
		return "http://127.0.0.1:" + port();
	}

	/**
	 * Gives the port back. Closing twice has no effect.
	 */
	@Override
	public void close() {
		try {
			this.taken.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
