package io.nexus3.provider.fault;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that answers as soon as it has the head of a request, while the body is still
 * on its way. It runs on a daemon thread of its own, one connection after the other.
 */
final class EarlyAnswerServer implements AutoCloseable {

	private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final AtomicInteger connections = new AtomicInteger();

	private final byte[] answer;

	private final boolean reset;

	private EarlyAnswerServer(int status, String message, boolean reset) throws IOException {
		String body = "{\"error\":{\"message\":\"" + message + "\"}}";
		this.answer = ("HTTP/1.1 " + status
				+ " Early\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " + body.length()
				+ "\r\n\r\n" + body)
			.getBytes(StandardCharsets.US_ASCII);
		this.reset = reset;
		Thread thread = new Thread(this::run, "early-answer-server");
		thread.setDaemon(true);
		thread.start();
	}

	/** Answers early and then reads what still comes. */
	static EarlyAnswerServer reading(int status, String message) throws IOException {
		return new EarlyAnswerServer(status, message, false);
	}

	/** Answers early and resets the connection. */
	static EarlyAnswerServer resetting(int status, String message) throws IOException {
		return new EarlyAnswerServer(status, message, true);
	}

	private void run() {
		while (!this.listening.isClosed()) {
			try (Socket socket = this.listening.accept()) {
				this.connections.incrementAndGet();
				serve(socket);
			}
			catch (IOException ex) {
				// The client has gone, or the test is over.
			}
		}
	}

	private void serve(Socket socket) throws IOException {
		InputStream in = new BufferedInputStream(socket.getInputStream());
		int blank = 0;
		while (blank < 4) {
			int c = in.read();
			if (c < 0) {
				return;
			}
			blank = (c == '\r' || c == '\n') ? blank + 1 : 0;
		}
		socket.getOutputStream().write(this.answer);
		socket.getOutputStream().flush();
		if (this.reset) {
			socket.setSoLinger(true, 0);
			return;
		}
		in.transferTo(OutputStream.nullOutputStream());
	}

	String baseUrl() {
		return "http://127.0.0.1:" + this.listening.getLocalPort();
	}

	int connections() {
		return this.connections.get();
	}

	@Override
	public void close() throws IOException {
		this.listening.close();
	}

}
