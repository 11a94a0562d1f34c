package io.nexus3.provider;

import org.jspecify.annotations.Nullable;

/**
 * What the model thought before or between its answers.
 *
 * @param text the reasoning as readable text; empty when the vendor shows none
 * @param vendorJson what the vendor wants back unchanged (signatures, encrypted
 * reasoning), or {@code null} when it sent nothing but text
 * @since 0.1.0
 */
public record ReasoningPart(String text, @Nullable VendorJson vendorJson) implements AssistantPart {

	/**
	 * Reasoning of text alone.
	 * @param text the reasoning
	 * @return the part
	 */
	public static ReasoningPart of(String text) {
		return new ReasoningPart(text, null);
	}

}
