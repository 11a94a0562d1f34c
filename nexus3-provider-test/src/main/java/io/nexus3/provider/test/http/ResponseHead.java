package io.nexus3.provider.test.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Status line and headers of a scripted response.
 *
 * @param status the status code, 100 to 999; unregistered codes are allowed
 * @param headers name and value in the order in which they are sent; a name may repeat
 * @param framing how the end of the body is marked
 * @since 0.1.0
 */
public record ResponseHead(int status, List<Map.Entry<String, String>> headers, Framing framing) {

	/**
	 * Checks the status and copies the headers.
	 * @throws IllegalArgumentException if the status is not a three-digit number
	 */
	public ResponseHead {
		if (status < 100 || status > 999) {
			throw new IllegalArgumentException("A status has three digits: " + status);
		}
		headers = List.copyOf(headers);
	}

	ResponseHead withStatus(int newStatus) {
		return new ResponseHead(newStatus, this.headers, this.framing);
	}

	ResponseHead withFraming(Framing newFraming) {
		return new ResponseHead(this.status, this.headers, newFraming);
	}

	ResponseHead withHeader(String name, String value) {
		return withoutHeader(name).withAddedHeader(name, value);
	}

	ResponseHead withAddedHeader(String name, String value) {
		List<Map.Entry<String, String>> changed = new ArrayList<>(this.headers);
		changed.add(Map.entry(name, value));
		return new ResponseHead(this.status, changed, this.framing);
	}

	ResponseHead withoutHeader(String name) {
		List<Map.Entry<String, String>> changed = new ArrayList<>(this.headers);
		changed.removeIf((header) -> header.getKey().equalsIgnoreCase(name));
		return new ResponseHead(this.status, changed, this.framing);
	}

	boolean hasHeader(String name) {
		return this.headers.stream().anyMatch((header) -> header.getKey().equalsIgnoreCase(name));
	}

	/**
	 * The head as it goes over the wire, with the header that the framing needs.
	 */
	byte[] encode(long bodyLength) {
		StringBuilder text = new StringBuilder("HTTP/1.1 ").append(this.status).append(" Scripted\r\n");
		this.headers
			.forEach((header) -> text.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n"));
		if (this.framing == Framing.CHUNKED) {
			text.append("Transfer-Encoding: chunked\r\n");
		}
		else if (this.framing == Framing.LENGTH && !hasHeader("Content-Length")) {
			text.append("Content-Length: ").append(bodyLength).append("\r\n");
		}
		else if (this.framing == Framing.UNTIL_CLOSE && !hasHeader("Connection")) {
			text.append("Connection: close\r\n");
		}
		return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
	}

}
