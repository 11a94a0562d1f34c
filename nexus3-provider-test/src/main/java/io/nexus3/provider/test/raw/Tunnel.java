package io.nexus3.provider.test.raw;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;

/**
 * The way from a proxy to a server of this host. One per connection: its thread passes
 * what the server sends, a second one what the client sends.
 */
final class Tunnel {

	private static final int BUFFER = 8192;

	private static final int PATIENCE_MILLIS = 5000;

	private final Socket server;

	private Tunnel(Socket server) {
		this.server = server;
	}

	/**
	 * Returns the port that the head of a request asks for.
	 * @throws IOException if it is not a request for a tunnel
	 */
	static int port(String head) throws IOException {
		String[] words = head.lines().findFirst().orElse("").split(" ");
		if (!words[0].equals("CONNECT") || words.length < 2 || !words[1].matches(".*:\\d{1,5}")) {
			throw new IOException("A tunnel is asked for by CONNECT and host:port");
		}
		return Integer.parseInt(words[1].substring(words[1].lastIndexOf(':') + 1));
	}

	/**
	 * Opens the way.
	 * @throws IOException if nobody listens there
	 */
	static Tunnel to(int port) throws IOException {
		Socket server = new Socket(InetAddress.getByName("127.0.0.1"), port);
		server.setTcpNoDelay(true);
		return new Tunnel(server);
	}

	/**
	 * Passes bytes until one side closes, and tells the other.
	 * @param client the connection of the client
	 * @param fromClient what it sends, and has sent already
	 * @param clientClosed called when it closes
	 */
	void run(Socket client, InputStream fromClient, Runnable clientClosed) throws IOException, InterruptedException {
		Thread upstream = new Thread(() -> passUp(fromClient, clientClosed), "raw-server-tunnel");
		upstream.setDaemon(true);
		upstream.start();
		try (this.server) {
			this.server.getInputStream().transferTo(client.getOutputStream());
		}
		catch (IOException ex) {
			// One side has gone, in whatever way; the other one is told below.
		}
		if (!client.isClosed()) {
			client.shutdownOutput();
		}
		// A client that is told of the end closes in its turn.
		upstream.join(PATIENCE_MILLIS);
	}

	private void passUp(InputStream fromClient, Runnable clientClosed) {
		try (this.server) {
			byte[] buffer = new byte[BUFFER];
			int count = fromClient.read(buffer);
			while (count >= 0) {
				send(buffer, count);
				count = fromClient.read(buffer);
			}
		}
		catch (IOException ex) {
			// Reset by the client, or closed with the raw server.
		}
		clientClosed.run();
	}

	/** The end of the server is seen by the other thread. */
	private void send(byte[] buffer, int count) {
		try {
			this.server.getOutputStream().write(buffer, 0, count);
		}
		catch (IOException ex) {
			// Read on, to see when the client closes.
		}
	}

}
