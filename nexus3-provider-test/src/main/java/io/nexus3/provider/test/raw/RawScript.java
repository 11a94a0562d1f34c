package io.nexus3.provider.test.raw;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.tls.ServerTls;

/**
 * What a raw server does on one connection: an immutable list of steps that every method
 * extends by returning a new one. Where the steps end, the connection is closed (FIN).
 * <pre class="code">
 * RawScript.start().readRequest().write("HTTP/1.1 200 OK\r\n").reset()
 * </pre>
 *
 * @param steps the steps, in order
 * @since 0.1.0
 */
public record RawScript(List<RawStep> steps) {

	private static final byte[] SERVER_HELLO_TLS11 = serverHello(2);

	/**
	 * Copies the steps.
	 */
	public RawScript {
		steps = List.copyOf(steps);
	}

	/**
	 * The script that closes the connection as soon as it is accepted.
	 * @return the script, to be extended
	 */
	public static RawScript start() {
		return new RawScript(List.of());
	}

	/**
	 * Adds a step.
	 * @param step the step
	 * @return a new script
	 */
	public RawScript then(RawStep step) {
		List<RawStep> longer = new ArrayList<>(this.steps);
		longer.add(step);
		return new RawScript(longer);
	}

	/**
	 * Adds all the steps of a script.
	 * @param script the script
	 * @return a new script
	 */
	public RawScript then(RawScript script) {
		List<RawStep> longer = new ArrayList<>(this.steps);
		longer.addAll(script.steps);
		return new RawScript(longer);
	}

	/**
	 * Reads one request to its end.
	 * @return a new script
	 */
	public RawScript readRequest() {
		return then(RawConnection::readRequest);
	}

	/**
	 * Reads the head of a request and no more, for servers that answer while the body is
	 * on its way.
	 * @return a new script
	 */
	public RawScript readHead() {
		return then(RawConnection::readHead);
	}

	/**
	 * Does what an HTTP proxy does that is asked for a tunnel (CONNECT): passes bytes to
	 * the port that the client names and back until one side closes. Whatever host it
	 * names, only 127.0.0.1 is connected to. Other requests end the connection.
	 * @return a new script
	 */
	public RawScript tunnel() {
		return then((connection) -> connection.tunnelTo(Tunnel.port(connection.readHead())));
	}

	/**
	 * Does what an HTTP proxy does that is asked for a tunnel (CONNECT), to the same
	 * server whatever the client names. A tunnel that breaks leads to a
	 * {@link io.nexus3.provider.test.fault.FaultProxy}.
	 * @param port the server's port on 127.0.0.1
	 * @return a new script
	 */
	public RawScript tunnelTo(int port) {
		return then(RawConnection::readHead).then((connection) -> connection.tunnelTo(port));
	}

	/**
	 * Writes bytes as they are, in one piece.
	 * @param bytes the bytes; not copied
	 * @return a new script
	 */
	public RawScript write(byte[] bytes) {
		return then((connection) -> connection.write(bytes));
	}

	/**
	 * Writes text as it is, in one piece.
	 * @param text the bytes as UTF-8 text
	 * @return a new script
	 */
	public RawScript write(String text) {
		return write(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Writes every byte in a piece of its own.
	 * @param bytes the bytes; not copied
	 * @param pause how long to wait after each byte; may be zero
	 * @return a new script
	 */
	public RawScript dribble(byte[] bytes, Duration pause) {
		return then((connection) -> {
			for (byte b : bytes) {
				connection.write(new byte[] { b });
				Thread.sleep(pause.toMillis());
			}
		});
	}

	/**
	 * Writes every byte in a piece of its own.
	 * @param text the bytes as UTF-8 text
	 * @param pause how long to wait after each byte; may be zero
	 * @return a new script
	 */
	public RawScript dribble(String text, Duration pause) {
		return dribble(text.getBytes(StandardCharsets.UTF_8), pause);
	}

	/**
	 * Writes the same bytes again and again until the client goes away.
	 * @param text the bytes as UTF-8 text
	 * @param pause how long to wait after each time; may be zero
	 * @return a new script
	 */
	public RawScript writeForEver(String text, Duration pause) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return then((connection) -> {
			while (connection.open()) {
				connection.write(bytes);
				Thread.sleep(pause.toMillis());
			}
		});
	}

	/**
	 * Does nothing for a while.
	 * @param duration how long
	 * @return a new script
	 */
	public RawScript pause(Duration duration) {
		return then((connection) -> Thread.sleep(duration.toMillis()));
	}

	/**
	 * Waits until the test opens the gate.
	 * @param gate the gate
	 * @return a new script
	 */
	public RawScript await(Gate gate) {
		return then((connection) -> gate.await());
	}

	/**
	 * Does the same again and again until the client goes away or the server is closed.
	 * @param script what to do; it must block somewhere, such as in reading a request
	 * @return a new script
	 */
	public RawScript forEver(RawScript script) {
		return then((connection) -> {
			while (connection.open()) {
				for (RawStep step : script.steps) {
					step.run(connection);
				}
			}
		});
	}

	/**
	 * Goes on in TLS.
	 * @param tls how
	 * @return a new script
	 */
	public RawScript startTls(ServerTls tls) {
		return then((connection) -> connection.startTls(tls));
	}

	/**
	 * Answers the beginning of a TLS handshake as a server does that knows nothing newer
	 * than TLS 1.1, and waits for the client to go. The JDK itself refuses to be such a
	 * server.
	 * @return a new script
	 */
	public RawScript selectTls11() {
		return then(RawConnection::readSome).write(SERVER_HELLO_TLS11).stall();
	}

	/**
	 * Sends nothing more, and reads until the client closes the connection.
	 * @return a new script
	 */
	public RawScript stall() {
		return then(RawConnection::readUntilClosed);
	}

	/**
	 * Neither reads nor writes any more, and keeps the connection until the server is
	 * closed.
	 * @return a new script
	 */
	public RawScript freeze() {
		return then((connection) -> new Gate().await());
	}

	/**
	 * Closes the connection in good order (FIN).
	 * @return a new script
	 */
	public RawScript close() {
		return then(RawConnection::close);
	}

	/**
	 * Resets the connection (RST). As on a real network, bytes that the client's system
	 * has not taken yet may be lost: put an {@link #await} before where the client must
	 * have seen them.
	 * @return a new script
	 */
	public RawScript reset() {
		return then(RawConnection::reset);
	}

	/** A record of one message: version 3.x, random of zeros, no session, RSA, AES. */
	private static byte[] serverHello(int minor) {
		byte[] hello = new byte[47];
		byte[] start = { 0x16, 3, (byte) minor, 0, 42, 2, 0, 0, 38, 3, (byte) minor };
		System.arraycopy(start, 0, hello, 0, start.length);
		hello[45] = 0x2F;
		return hello;
	}

}
