package io.nexus3.provider.transport;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a server's TLS, in words that say what to do. The JDK hides it below
 * several exceptions, and some of it in their texts only.
 */
final class TlsProblem {

	private TlsProblem() {
	}

	static String of(Throwable failure) {
		String deepest = String.valueOf(failure.getMessage());
		for (Throwable cause = failure; cause != null; cause = next(cause)) {
			deepest = (cause.getMessage() != null) ? cause.getMessage() : deepest;
			String words = words(cause, deepest);
			if (words != null) {
				return words + " (" + deepest + ")";
			}
		}
		return deepest;
	}

	private static @Nullable Throwable next(Throwable cause) {
		return (cause.getCause() != cause) ? cause.getCause() : null;
	}

	private static @Nullable String words(Throwable cause, String message) {
		if (cause instanceof CertificateExpiredException) {
			return "its certificate has expired";
		}
		if (cause instanceof CertificateNotYetValidException) {
			return "its certificate is not valid yet: check this machine's clock too";
		}
		if (cause instanceof CertPathBuilderException) {
			return "its certificate is of an authority that is not trusted";
		}
		if (message.startsWith("No subject alternative") || message.startsWith("No name matching")) {
			return "its certificate is for another host: check base-url";
		}
		String text = message.toLowerCase(Locale.ROOT);
		if (text.contains("protocol_version") || text.contains("protocol version")) {
			return "it speaks no protocol that is safe, which is TLS 1.2 at least";
		}
		if (text.contains("not an ssl/tls record")) {
			return "what it speaks is no TLS: check the scheme and the port of base-url";
		}
		return null;
	}

}
