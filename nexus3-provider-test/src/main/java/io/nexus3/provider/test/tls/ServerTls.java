package io.nexus3.provider.test.tls;

import java.io.IOException;
import java.net.Socket;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;

/**
 * How a test server speaks TLS.
 *
 * @param context holds the server's certificate
 * @param protocols the protocols that it takes, such as {@code TLSv1.3}; empty for those
 * of the JDK. What the JDK has switched off stays off
 * @since 0.1.0
 */
public record ServerTls(SSLContext context, List<String> protocols) {

	/**
	 * Copies the protocols.
	 */
	public ServerTls {
		protocols = List.copyOf(protocols);
	}

	/**
	 * The same certificate with these protocols only.
	 * @param names such as {@code TLSv1.2}
	 * @return new settings
	 */
	public ServerTls withProtocols(String... names) {
		return new ServerTls(this.context, List.of(names));
	}

	/**
	 * Makes the server's side of a connection for a server that moves the bytes itself.
	 * @return a new engine in server mode
	 */
	public SSLEngine newEngine() {
		SSLEngine engine = this.context.createSSLEngine();
		engine.setUseClientMode(false);
		if (!this.protocols.isEmpty()) {
			engine.setEnabledProtocols(this.protocols.toArray(new String[0]));
		}
		return engine;
	}

	/**
	 * Makes the server's side of a connection on a blocking socket. The handshake has not
	 * begun.
	 * @param socket the accepted socket; it is not closed with the new one
	 * @return a new socket in server mode
	 * @throws IOException if the socket is not connected
	 */
	public SSLSocket over(Socket socket) throws IOException {
		SSLSocket secured = (SSLSocket) this.context.getSocketFactory()
			.createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), false);
		secured.setUseClientMode(false);
		if (!this.protocols.isEmpty()) {
			secured.setEnabledProtocols(this.protocols.toArray(new String[0]));
		}
		return secured;
	}

}
