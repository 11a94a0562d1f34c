package io.nexus3.provider.test.anthropic;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Signs thinking, and tells whether what comes back was signed and is unchanged. A
 * signature is valid at every simulated server, as a real one is at the vendor's.
 */
final class Signatures implements SignatureCheck {

	private static final String REDACTED = "redacted";

	String sign(String id, String thinking) {
		return encode(id, thinking);
	}

	String redact(String id) {
		return encode(id, REDACTED);
	}

	@Override
	public boolean signed(String thinking, String signature) {
		return signature.equals(encode(id(signature), thinking));
	}

	@Override
	public boolean redacted(String data) {
		return data.equals(encode(id(data), REDACTED));
	}

	private static String id(String signature) {
		try {
			String text = new String(Base64.getDecoder().decode(signature), StandardCharsets.UTF_8);
			return text.substring(0, Math.max(0, text.indexOf(' ')));
		}
		catch (IllegalArgumentException ex) {
			return "";
		}
	}

	private static String encode(String id, String text) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256")
				.digest((id + "\n" + text).getBytes(StandardCharsets.UTF_8));
			String signed = id + " " + HexFormat.of().formatHex(digest);
			return Base64.getEncoder().encodeToString(signed.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
