package io.nexus3.provider.protocol;

import java.nio.charset.StandardCharsets;

import io.nexus3.provider.VendorError;
import io.nexus3.provider.protocol.json.WireJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads errors of every shape that servers send: {@code {error:{...}}},
 * {@code {error:"text"}}, the fields at the top, {@code {detail:...}} of FastAPI, a list
 * of one, plain text and HTML.
 *
 * @see <a href="https://platform.openai.com/docs/guides/error-codes">OpenAI, error
 * codes</a>
 * @see <a href="https://openrouter.ai/docs/api-reference/errors">OpenRouter, errors</a>
 * @see <a href="https://platform.claude.com/docs/en/api/errors">Anthropic, errors</a>
 * @since 0.1.0
 */
public final class ErrorBodies {

	private ErrorBodies() {
	}

	/**
	 * Read an error body.
	 * @param body the body, possibly cut off
	 * @param head what is known from the answer's head
	 * @return what the vendor said
	 */
	public static VendorError read(byte[] body, VendorError head) {
		String text = new String(body, StandardCharsets.UTF_8);
		JsonNode root = WireJson.tree(text);
		if (root != null && root.isArray() && !root.isEmpty()) {
			root = root.get(0);
		}
		if (root == null || !root.isObject()) {
			return new VendorError(head.status(), null, null, text.isBlank() ? null : text.strip(), text,
					head.requestId());
		}
		return read(root, text, head);
	}

	/**
	 * Read an error that came inside an answer.
	 * @param error the raw value of the field {@code error}
	 * @param head what is known from the answer's head
	 * @return what the vendor said
	 */
	public static VendorError readInBand(String error, VendorError head) {
		return read(("{\"error\":" + error + "}").getBytes(StandardCharsets.UTF_8), head);
	}

	/**
	 * The HTTP status that an error itself names.
	 * @param error the raw value of the field {@code error}
	 * @return the status, or {@code null}
	 */
	public static @Nullable Integer namedStatus(@Nullable String error) {
		JsonNode node = (error != null) ? WireJson.tree(error) : null;
		JsonNode status = (node != null) ? node.path("status_code") : null;
		return (status != null && status.isInt()) ? Integer.valueOf(status.intValue()) : null;
	}

	/**
	 * The start of a body that is no error and no answer, for a message.
	 * @param body the body
	 * @return at most 200 bytes as text, white space folded
	 */
	public static String excerpt(byte[] body) {
		return excerpt(body, 0, body.length);
	}

	/**
	 * The start of something unexpected.
	 * @param buffer holds it
	 * @param offset where it starts
	 * @param length how long it is
	 * @return at most 200 bytes as text, white space and control characters folded
	 */
	public static String excerpt(byte[] buffer, int offset, int length) {
		String text = new String(buffer, offset, Math.min(length, 200), StandardCharsets.UTF_8);
		return text.replaceAll("[\\s\\p{Cntrl}]+", " ");
	}

	private static VendorError read(JsonNode root, String text, VendorError head) {
		JsonNode error = root.path("error");
		JsonNode fields = error.isObject() ? error : root;
		String message = error.isString() ? error.stringValue() : words(fields.get("message"));
		if (message == null) {
			message = words(root.get("detail"));
		}
		// Beside {error:"text"} a code at the top is a sentence, not a code.
		JsonNode code = error.isString() ? null : fields.get("code");
		String requestId = (head.requestId() != null) ? head.requestId() : textOrNull(root.get("request_id"));
		return new VendorError(head.status(), error.isString() ? null : textOrNull(fields.get("type")), code(code),
				(message != null) ? withUpstream(message, fields) : text.strip(), text, requestId);
	}

	/** A router's message says little: what its upstream said says more. */
	private static String withUpstream(String message, JsonNode fields) {
		JsonNode metadata = fields.path("metadata");
		String raw = metadata.path("raw").asString("");
		if (raw.isBlank()) {
			return message;
		}
		String name = metadata.path("provider_name").asString("upstream");
		return message + " (" + name + ": " + raw.strip() + ")";
	}

	private static @Nullable Object code(@Nullable JsonNode code) {
		if (code == null || code.isNull()) {
			return null;
		}
		return code.isNumber() ? code.numberValue() : (code.isString() ? code.stringValue() : code.toString());
	}

	private static @Nullable String words(@Nullable JsonNode node) {
		if (node == null || node.isNull()) {
			return null;
		}
		return node.isString() ? node.stringValue() : node.toString();
	}

	private static @Nullable String textOrNull(@Nullable JsonNode node) {
		return (node != null && node.isString()) ? node.stringValue() : null;
	}

}
