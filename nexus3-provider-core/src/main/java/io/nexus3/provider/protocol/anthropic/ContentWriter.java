package io.nexus3.provider.protocol.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

import io.nexus3.provider.AudioPart;
import io.nexus3.provider.ContentPart;
import io.nexus3.provider.DocumentPart;
import io.nexus3.provider.ImagePart;
import io.nexus3.provider.Media;
import io.nexus3.provider.TextPart;
import tools.jackson.core.JsonGenerator;

/**
 * Writes content parts as blocks.
 *
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/vision">Anthropic,
 * vision</a>
 * @see <a href=
 * "https://platform.claude.com/docs/en/build-with-claude/pdf-support">Anthropic, PDF
 * support</a>
 */
final class ContentWriter {

	private ContentWriter() {
	}

	static void write(JsonGenerator json, List<ContentPart> parts) {
		json.writeStartArray();
		for (ContentPart part : parts) {
			json.writeStartObject();
			writeFields(json, part);
			json.writeEndObject();
		}
		json.writeEndArray();
	}

	/** The fields of a block that has been opened. */
	static void writeFields(JsonGenerator json, ContentPart part) {
		if (part instanceof TextPart text) {
			json.writeStringProperty("type", "text");
			json.writeStringProperty("text", text.text());
		}
		else if (part instanceof ImagePart image) {
			json.writeStringProperty("type", "image");
			json.writeName("source");
			writeSource(json, image.media());
		}
		else if (part instanceof DocumentPart document) {
			json.writeStringProperty("type", "document");
			json.writeName("source");
			writeDocumentSource(json, document.media());
			if (document.name() != null) {
				json.writeStringProperty("title", document.name());
			}
			if (document.citations()) {
				json.writeObjectPropertyStart("citations");
				json.writeBooleanProperty("enabled", true);
				json.writeEndObject();
			}
		}
		else if (part instanceof AudioPart) {
			throw new IllegalArgumentException("Anthropic's messages format takes no sound: send its text instead");
		}
		else {
			throw new IllegalStateException("Unknown content part " + part.getClass().getName());
		}
	}

	/** Plain text is a source of its own; Base64 is for PDF. */
	private static void writeDocumentSource(JsonGenerator json, Media media) {
		if (media instanceof Media.Bytes bytes && essence(bytes).startsWith("text/")) {
			json.writeStartObject();
			json.writeStringProperty("type", "text");
			json.writeStringProperty("media_type", "text/plain");
			json.writeStringProperty("data",
					new String(Base64.getMimeDecoder().decode(bytes.base64()), StandardCharsets.UTF_8));
			json.writeEndObject();
		}
		else {
			writeSource(json, media);
		}
	}

	private static String essence(Media.Bytes bytes) {
		return bytes.mediaType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
	}

	private static void writeSource(JsonGenerator json, Media media) {
		json.writeStartObject();
		if (media instanceof Media.Bytes bytes) {
			json.writeStringProperty("type", "base64");
			json.writeStringProperty("media_type", bytes.mediaType());
			json.writeStringProperty("data", bytes.base64());
		}
		else if (media instanceof Media.Url url) {
			json.writeStringProperty("type", "url");
			json.writeStringProperty("url", url.url());
		}
		else {
			throw new IllegalStateException("Unknown media " + media.getClass().getName());
		}
		json.writeEndObject();
	}

}
