package io.nexus3.provider.transport.address;

import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.X509Certificate;

import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

import io.netty.handler.ssl.util.SimpleTrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Takes any certificate for any host, so that one server can stand in for all.
 */
final class TrustEverybody extends SimpleTrustManagerFactory {

	@Override
	protected void engineInit(@Nullable KeyStore store) {
	}

	@Override
	protected void engineInit(ManagerFactoryParameters parameters) {
	}

	@Override
	protected TrustManager[] engineGetTrustManagers() {
		return new TrustManager[] { new Manager() };
	}

	private static final class Manager extends X509ExtendedTrustManager {

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type) {
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

	}

}
