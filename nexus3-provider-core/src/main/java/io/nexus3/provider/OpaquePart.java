package io.nexus3.provider;

/**
 * Something the vendor sent that has no common form, kept as it came: a server-side tool
 * call, an audio answer, a block of a kind unknown today. It is sent back to its origin
 * where that expects it, and to nobody else.
 *
 * @param type the vendor's name for it
 * @param vendorJson the JSON as it came
 * @since 0.1.0
 */
public record OpaquePart(String type, VendorJson vendorJson) implements AssistantPart {

}
