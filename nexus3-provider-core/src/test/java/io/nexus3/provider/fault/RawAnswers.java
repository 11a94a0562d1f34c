package io.nexus3.provider.fault;

import java.nio.charset.StandardCharsets;

import io.nexus3.provider.test.raw.RawScript;

/**
 * HTTP as bytes.
 */
final class RawAnswers {

	/** A head that promises chunks of an event stream. */
	static final String CHUNKED = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

	/** The end of a body in chunks. */
	static final String LAST = "0\r\n\r\n";

	private RawAnswers() {
	}

	/** A head that promises so many bytes. */
	static String length(String contentType, int length) {
		return "HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\nContent-Length: " + length + "\r\n\r\n";
	}

	static String chunk(String text) {
		return Integer.toHexString(bytes(text)) + "\r\n" + text + "\r\n";
	}

	static int bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

	/** A good answer in either mode. */
	static String good(FaultFormat format, boolean stream, String text) {
		return stream ? CHUNKED + chunk(format.sse(text)) + LAST
				: length("application/json", bytes(format.json(text))) + format.json(text);
	}

	/** Answers every request of a connection well. */
	static RawScript wellBehaved(FaultFormat format, boolean stream, String text) {
		return RawScript.start().forEver(RawScript.start().readRequest().write(good(format, stream, text)));
	}

	/** A head that fits the mode, with a body of unknown length to come. */
	static String openHead(boolean stream) {
		return stream ? CHUNKED
				: "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
	}

}
