package io.nexus3.provider.config;

import java.io.ByteArrayOutputStream;

import org.jspecify.annotations.Nullable;

/**
 * IP addresses as text, read strictly: neither the shorthands and octal numbers of
 * {@code inet_aton} nor zones are known here.
 */
final class IpLiteral {

	private static final int MAX_V6_LENGTH = 45;

	private IpLiteral() {
	}

	/**
	 * The address a host is, if it is one.
	 * @param host a host, an IPv6 address with or without brackets
	 * @return 4 or 16 bytes, or {@code null} for a name
	 */
	static byte @Nullable [] parse(String host) {
		if (host.startsWith("[") && host.endsWith("]")) {
			return v6(host.substring(1, host.length() - 1));
		}
		return (host.indexOf(':') != -1) ? v6(host) : v4(host);
	}

	/**
	 * Read a canonical dotted quad.
	 * @param text the text
	 * @return 4 bytes, or {@code null} when it is none
	 */
	static byte @Nullable [] v4(String text) {
		String[] parts = text.split("\\.", -1);
		if (parts.length != 4) {
			return null;
		}
		byte[] address = new byte[4];
		for (int i = 0; i < 4; i++) {
			int value = octet(parts[i]);
			if (value == -1) {
				return null;
			}
			address[i] = (byte) value;
		}
		return address;
	}

	/** No stream: the address table reads dozens of these when an application starts. */
	private static int octet(String text) {
		if (text.isEmpty() || text.length() > 3 || (text.length() > 1 && text.charAt(0) == '0')) {
			return -1;
		}
		int value = 0;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c < '0' || c > '9') {
				return -1;
			}
			value = value * 10 + (c - '0');
		}
		return (value <= 255) ? value : -1;
	}

	/**
	 * Read an IPv6 address as RFC 4291 writes it, without a zone.
	 * @param text the text, without brackets
	 * @return 16 bytes, or {@code null} when it is none
	 */
	static byte @Nullable [] v6(String text) {
		if (text.length() > MAX_V6_LENGTH) {
			return null;
		}
		int gap = text.indexOf("::");
		if (gap == -1) {
			byte[] all = groups(text, true);
			return (all != null && all.length == 16) ? all : null;
		}
		byte[] head = (gap == 0) ? new byte[0] : groups(text.substring(0, gap), false);
		String afterGap = text.substring(gap + 2);
		byte[] tail = afterGap.isEmpty() ? new byte[0] : groups(afterGap, true);
		if (head == null || tail == null || head.length + tail.length > 14) {
			return null;
		}
		byte[] address = new byte[16];
		System.arraycopy(head, 0, address, 0, head.length);
		System.arraycopy(tail, 0, address, 16 - tail.length, tail.length);
		return address;
	}

	private static byte @Nullable [] groups(String text, boolean quadAtEnd) {
		String[] groups = text.split(":", -1);
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(16);
		for (int i = 0; i < groups.length; i++) {
			byte[] quad = (quadAtEnd && i == groups.length - 1) ? v4(groups[i]) : null;
			if (quad != null) {
				bytes.writeBytes(quad);
				continue;
			}
			int value = group(groups[i]);
			if (value == -1) {
				return null;
			}
			bytes.write(value >> 8);
			bytes.write(value);
		}
		return bytes.toByteArray();
	}

	private static int group(String text) {
		if (text.isEmpty() || text.length() > 4) {
			return -1;
		}
		int value = 0;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			// Character.digit knows digits beyond ASCII.
			int digit = (c <= '~') ? Character.digit(c, 16) : -1;
			if (digit == -1) {
				return -1;
			}
			value = value * 16 + digit;
		}
		return value;
	}

	/**
	 * An address as text: a dotted quad, or the form of RFC 5952.
	 * @param address 4 or 16 bytes
	 * @return the text, without brackets
	 */
	static String format(byte[] address) {
		if (address.length == 4) {
			return (address[0] & 0xff) + "." + (address[1] & 0xff) + "." + (address[2] & 0xff) + "."
					+ (address[3] & 0xff);
		}
		int gapStart = -1;
		int gapLength = 1;
		for (int i = 0; i < 8; i++) {
			int zeros = zeros(address, i);
			if (zeros > gapLength) {
				gapStart = i;
				gapLength = zeros;
			}
		}
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < 8; i++) {
			if (i == gapStart) {
				text.append("::");
				i += gapLength - 1;
				continue;
			}
			if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
				text.append(':');
			}
			text.append(Integer.toHexString(groupAt(address, i)));
		}
		return text.toString();
	}

	private static int zeros(byte[] address, int from) {
		int count = 0;
		while (from + count < 8 && groupAt(address, from + count) == 0) {
			count++;
		}
		return count;
	}

	private static int groupAt(byte[] address, int index) {
		return (address[2 * index] & 0xff) << 8 | address[2 * index + 1] & 0xff;
	}

}
