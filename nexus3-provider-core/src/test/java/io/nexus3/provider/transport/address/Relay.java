package io.nexus3.provider.transport.address;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A listener on loopback that passes bytes on to a port of this host: the end of TLS
 * before a plain server, or an HTTP proxy that writes down what it is asked to connect
 * to.
 */
final class Relay implements AutoCloseable {

	private static final char[] PASSWORD = "changeit".toCharArray();

	private static final byte[] CONNECTED = "HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

	private final ServerSocket listening;

	private final boolean proxy;

	private final int target;

	private final List<String> heads = new CopyOnWriteArrayList<>();

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private Relay(ServerSocket listening, boolean proxy, int target) {
		this.listening = listening;
		this.proxy = proxy;
		this.target = target;
		daemon(this::acceptAll);
	}

	/** Speaks TLS and passes on what is inside it. */
	static Relay tls(int target) {
		try {
			return new Relay(serverContext().getServerSocketFactory().createServerSocket(0, 0, loopback()), false,
					target);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Connects whoever asks to the target, whatever is asked for. */
	static Relay proxy(int target) {
		try {
			return new Relay(new ServerSocket(0, 0, loopback()), true, target);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static InetAddress loopback() {
		return StubNames.address("127.0.0.1");
	}

	private static SSLContext serverContext() {
		try (InputStream file = Relay.class.getResourceAsStream("/ssl/server.p12")) {
			KeyStore store = KeyStore.getInstance("PKCS12");
			store.load(file, PASSWORD);
			KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			keys.init(store, PASSWORD);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(keys.getKeyManagers(), null, null);
			return context;
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new IllegalStateException("No TLS", ex);
		}
	}

	int port() {
		return this.listening.getLocalPort();
	}

	/** What was said to the proxy, one text for each connection. */
	List<String> heads() {
		return this.heads;
	}

	/** How many have connected. */
	int accepted() {
		return this.sockets.size();
	}

	private void acceptAll() {
		try {
			while (!this.listening.isClosed()) {
				Socket client = this.listening.accept();
				this.sockets.add(client);
				daemon(() -> serve(client));
			}
		}
		catch (IOException ex) {
			// Closed.
		}
	}

	private void serve(Socket client) {
		try (client; Socket server = new Socket(loopback(), this.target)) {
			if (this.proxy) {
				this.heads.add(head(client.getInputStream()));
				client.getOutputStream().write(CONNECTED);
			}
			daemon(() -> pass(server, client));
			client.getInputStream().transferTo(server.getOutputStream());
		}
		catch (IOException ex) {
			// One side is gone; both are closed.
		}
	}

	private static void pass(Socket from, Socket to) {
		try (from; to) {
			from.getInputStream().transferTo(to.getOutputStream());
		}
		catch (IOException ex) {
			// One side is gone; both are closed.
		}
	}

	private static String head(InputStream in) throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		String text = "";
		while (!text.endsWith("\r\n\r\n")) {
			int next = in.read();
			if (next == -1) {
				return text;
			}
			head.write(next);
			text = head.toString(StandardCharsets.ISO_8859_1);
		}
		return text;
	}

	private static void daemon(Runnable work) {
		Thread thread = new Thread(work, "relay");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		try {
			this.listening.close();
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
