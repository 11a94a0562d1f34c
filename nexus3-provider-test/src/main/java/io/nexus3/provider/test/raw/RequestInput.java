package io.nexus3.provider.test.raw;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * Reads requests off a stream, one after the other. Used by one connection's thread.
 */
final class RequestInput {

	private static final String HEAD_END = "\r\n\r\n";

	private final InputStream in;

	RequestInput(InputStream in) {
		this.in = in;
	}

	/** Request line and headers. */
	String head() throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.length() < HEAD_END.length()
				|| !head.substring(head.length() - HEAD_END.length()).equals(HEAD_END)) {
			head.append((char) next());
		}
		head.setLength(head.length() - HEAD_END.length());
		return head.toString();
	}

	/** The body that a head announces. */
	byte[] body(String head) throws IOException {
		if ("chunked".equalsIgnoreCase(header(head, "transfer-encoding"))) {
			return chunks();
		}
		String length = header(head, "content-length");
		return (length.isEmpty()) ? new byte[0] : exactly(Integer.parseInt(length));
	}

	private byte[] chunks() throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		int size;
		do {
			size = Integer.parseInt(line().strip(), 16);
			body.write(exactly(size));
			line();
		}
		while (size > 0);
		return body.toByteArray();
	}

	private String line() throws IOException {
		StringBuilder line = new StringBuilder();
		int b = next();
		while (b != '\n') {
			line.append((char) b);
			b = next();
		}
		return line.toString();
	}

	private byte[] exactly(int count) throws IOException {
		byte[] bytes = this.in.readNBytes(count);
		if (bytes.length < count) {
			throw new EOFException("The client closed the connection inside a body");
		}
		return bytes;
	}

	private int next() throws IOException {
		int b = this.in.read();
		if (b < 0) {
			throw new EOFException("The client closed the connection");
		}
		return b;
	}

	private static String header(String head, String name) {
		return head.lines()
			.filter((line) -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
			.map((line) -> line.substring(name.length() + 1).strip())
			.findFirst()
			.orElse("");
	}

	/** Read what has come, at least a byte. */
	void some() throws IOException {
		next();
		this.in.skipNBytes(this.in.available());
	}

	/** What was not read yet. */
	InputStream rest() {
		return this.in;
	}

	/** Read whatever comes until the client closes. */
	void untilClosed() throws IOException {
		byte[] scratch = new byte[8192];
		int read = this.in.read(scratch);
		while (read >= 0) {
			read = this.in.read(scratch);
		}
	}

}
