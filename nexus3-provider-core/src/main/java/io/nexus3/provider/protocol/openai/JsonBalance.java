package io.nexus3.provider.protocol.openai;

/**
 * Follows the brackets of a JSON object that comes in pieces, to know whether it is
 * closed, without reading anything twice.
 */
final class JsonBalance {

	private int depth;

	private boolean begun;

	private boolean inString;

	private boolean escaped;

	void append(String piece) {
		for (int i = 0; i < piece.length(); i++) {
			char c = piece.charAt(i);
			if (this.inString) {
				this.inString = this.escaped || c != '"';
				this.escaped = !this.escaped && c == '\\';
			}
			else if (c == '"') {
				this.inString = true;
			}
			else if (c == '{' || c == '[') {
				this.depth++;
				this.begun = true;
			}
			else if (c == '}' || c == ']') {
				this.depth--;
			}
		}
	}

	boolean complete() {
		return this.begun && this.depth <= 0 && !this.inString;
	}

}
