package io.nexus3.provider;

import org.jspecify.annotations.Nullable;

/**
 * Text, sent or received.
 *
 * @param text the text, possibly empty
 * @param vendorJson what else the vendor sent with this text and wants back (such as
 * citations), or {@code null} when it sent nothing but text
 * @since 0.1.0
 */
public record TextPart(String text, @Nullable VendorJson vendorJson) implements ContentPart, AssistantPart {

	/**
	 * Text alone.
	 * @param text the text, possibly empty
	 */
	public TextPart(String text) {
		this(text, null);
	}

}
