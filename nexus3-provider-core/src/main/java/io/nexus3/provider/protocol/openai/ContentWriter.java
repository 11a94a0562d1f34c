package io.nexus3.provider.protocol.openai;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.nexus3.provider.AudioPart;
import io.nexus3.provider.ContentPart;
import io.nexus3.provider.DocumentPart;
import io.nexus3.provider.ImagePart;
import io.nexus3.provider.Media;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.protocol.CacheMarks;
import tools.jackson.core.JsonGenerator;

/**
 * Writes content parts as an array.
 */
final class ContentWriter {

	/** Formats whose name is not the subtype of the media type. */
	private static final Map<String, String> AUDIO_FORMATS = Map.of("mpeg", "mp3", "x-wav", "wav", "wave", "wav",
			"vnd.wave", "wav", "mp4", "m4a", "x-m4a", "m4a", "x-aiff", "aiff", "x-flac", "flac", "l16", "pcm16");

	private final OpenAiDialect dialect;

	ContentWriter(OpenAiDialect dialect) {
		this.dialect = dialect;
	}

	/**
	 * Write parts.
	 * @param marked whether the last text is marked for the cache
	 */
	void write(JsonGenerator json, List<ContentPart> parts, boolean marked) {
		int mark = marked ? CachePlaces.lastText(parts) : -1;
		json.writeStartArray();
		for (int i = 0; i < parts.size(); i++) {
			ContentPart part = parts.get(i);
			json.writeStartObject();
			if (part instanceof TextPart text) {
				json.writeStringProperty("type", "text");
				json.writeStringProperty("text", text.text());
				if (i == mark) {
					writeCacheMark(json);
				}
			}
			else if (part instanceof ImagePart image) {
				writeImage(json, image);
			}
			else if (part instanceof DocumentPart document) {
				writeDocument(json, document);
			}
			else if (part instanceof AudioPart audio) {
				writeAudio(json, audio);
			}
			else {
				throw new IllegalStateException("Unknown content part " + part.getClass().getName());
			}
			json.writeEndObject();
		}
		json.writeEndArray();
	}

	static void writeCacheMark(JsonGenerator json) {
		json.writeObjectPropertyStart(CacheMarks.FIELD);
		json.writeStringProperty("type", "ephemeral");
		json.writeEndObject();
	}

	private static void writeImage(JsonGenerator json, ImagePart image) {
		json.writeStringProperty("type", "image_url");
		json.writeObjectPropertyStart("image_url");
		json.writeStringProperty("url", address(image.media()));
		if (image.detail() != null) {
			json.writeStringProperty("detail", image.detail());
		}
		json.writeEndObject();
	}

	private void writeDocument(JsonGenerator json, DocumentPart document) {
		if (document.media() instanceof Media.Url && !this.dialect.content().documentUrls()) {
			throw onlySentAlong("documents");
		}
		String name = document.name();
		json.writeStringProperty("type", "file");
		json.writeObjectPropertyStart("file");
		json.writeStringProperty("filename", (name != null) ? name : nameFor(document.media()));
		json.writeStringProperty("file_data", address(document.media()));
		json.writeEndObject();
	}

	private void writeAudio(JsonGenerator json, AudioPart audio) {
		if (audio.media() instanceof Media.Bytes bytes) {
			json.writeStringProperty("type", "input_audio");
			json.writeObjectPropertyStart("input_audio");
			json.writeStringProperty("data", bytes.base64());
			String subtype = subtype(bytes.mediaType());
			json.writeStringProperty("format", AUDIO_FORMATS.getOrDefault(subtype, subtype));
			json.writeEndObject();
		}
		else if (this.dialect.content().audioUrls()) {
			json.writeStringProperty("type", "audio_url");
			json.writeObjectPropertyStart("audio_url");
			json.writeStringProperty("url", address(audio.media()));
			json.writeEndObject();
		}
		else {
			throw onlySentAlong("sounds");
		}
	}

	private IllegalArgumentException onlySentAlong(String what) {
		return new IllegalArgumentException("Servers of the dialect " + this.dialect.name() + " take " + what
				+ " only as bytes, not by URL: use Media.bytes");
	}

	/** The file name is mandatory; the ending tells the vendor what it is. */
	private static String nameFor(Media media) {
		String subtype = (media instanceof Media.Bytes bytes) ? subtype(bytes.mediaType()) : "pdf";
		return "document." + (subtype.equals("plain") ? "txt" : subtype);
	}

	private static String subtype(String mediaType) {
		String essence = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
		return essence.substring(essence.indexOf('/') + 1);
	}

	private static String address(Media media) {
		if (media instanceof Media.Bytes bytes) {
			return bytes.dataUrl();
		}
		if (media instanceof Media.Url url) {
			return url.url();
		}
		throw new IllegalStateException("Unknown media " + media.getClass().getName());
	}

}
