package io.nexus3.provider.fault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

/**
 * A proxy on a plain socket. It writes down what it is asked, and either tunnels or gives
 * a fixed answer and closes.
 */
final class RawProxy implements AutoCloseable {

	private final ServerSocket server;

	private final @Nullable String answer;

	private final long tunnelled;

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private RawProxy(@Nullable String answer, long tunnelled) throws IOException {
		this.server = new ServerSocket(0);
		this.answer = answer;
		this.tunnelled = tunnelled;
		start("proxy", this::accept);
	}

	static RawProxy tunnelling() throws IOException {
		return new RawProxy(null, Long.MAX_VALUE);
	}

	/** Cuts each tunnel after so many bytes from the server. */
	static RawProxy cuttingAfter(long bytes) throws IOException {
		return new RawProxy(null, bytes);
	}

	static RawProxy answering(String answer) throws IOException {
		return new RawProxy(answer, 0);
	}

	int port() {
		return this.server.getLocalPort();
	}

	List<String> requests() {
		return this.requests;
	}

	private static void start(String name, Runnable work) {
		Thread thread = new Thread(work, name);
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.server.accept();
				this.sockets.add(client);
				start("proxy-client", () -> serve(client));
			}
		}
		catch (IOException ex) {
			// Closed by the test.
		}
	}

	private void serve(Socket client) {
		try (client) {
			String request = head(client.getInputStream());
			this.requests.add(request);
			OutputStream out = client.getOutputStream();
			if (this.answer != null) {
				out.write(this.answer.getBytes(StandardCharsets.US_ASCII));
				out.flush();
				return;
			}
			String[] target = request.split(" ")[1].split(":");
			try (Socket server = new Socket(target[0], Integer.parseInt(target[1]))) {
				this.sockets.add(server);
				out.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
				out.flush();
				InputStream fromClient = client.getInputStream();
				start("proxy-upstream", () -> copy(fromClient, server, Long.MAX_VALUE));
				copy(server.getInputStream(), client, this.tunnelled);
			}
		}
		catch (IOException ex) {
			// The client went away.
		}
	}

	private static void copy(InputStream in, Socket to, long most) {
		try {
			OutputStream out = to.getOutputStream();
			byte[] buffer = new byte[1024];
			long left = most;
			int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
			while (count > 0) {
				out.write(buffer, 0, count);
				out.flush();
				left -= count;
				count = (left > 0) ? in.read(buffer, 0, (int) Math.min(buffer.length, left)) : -1;
			}
		}
		catch (IOException ex) {
			// One of the two went away.
		}
	}

	private static String head(InputStream in) throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
			int next = in.read();
			if (next < 0) {
				throw new IOException("The client closed");
			}
			head.write(next);
		}
		return head.toString(StandardCharsets.US_ASCII);
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
	}

}
