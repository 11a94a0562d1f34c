package io.nexus3.provider.protocol.openai;

import java.util.Map;

/**
 * Log probabilities come with each chunk and say something new each time: they are kept
 * as they came, as one array where there are several. One per response.
 */
final class LogProbabilities {

	static final String FIELD = "choice.logprobs";

	private final StringBuilder pieces = new StringBuilder();

	private int count;

	/**
	 * Take what a chunk has of them.
	 * @return how many characters that was
	 */
	int take(Map<String, String> chunkFields) {
		String piece = chunkFields.remove(FIELD);
		if (piece == null) {
			return 0;
		}
		this.pieces.append((this.count++ > 0) ? "," : "").append(piece);
		return piece.length();
	}

	void put(Map<String, String> fields) {
		if (this.count > 0) {
			fields.put(FIELD, (this.count == 1) ? this.pieces.toString() : "[" + this.pieces + "]");
		}
	}

}
