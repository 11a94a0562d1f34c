package io.nexus3.provider.sample.web;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.nexus3.provider.ContentPart;
import io.nexus3.provider.ImagePart;
import io.nexus3.provider.Media;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.UserMessage;
import org.jspecify.annotations.Nullable;

/**
 * Reads the images that a browser sends along with a message.
 */
final class UserImages {

	private static final int MAX_IMAGES = 4;

	private static final Pattern DATA_URL = Pattern
		.compile("data:(image/(?:png|jpeg|gif|webp));base64,([A-Za-z0-9+/]++={0,2})");

	private UserImages() {
	}

	/**
	 * A message of images and text.
	 * @param text the text, possibly blank
	 * @param images the images as {@code data:} URLs, or {@code null}
	 * @throws ChatProblem saying what is wrong with an image
	 */
	static UserMessage message(String text, @Nullable List<String> images) {
		if (images == null || images.isEmpty()) {
			return UserMessage.of(text);
		}
		if (images.size() > MAX_IMAGES) {
			throw ChatProblem.badRequest("A message takes at most %d images".formatted(MAX_IMAGES));
		}
		List<ContentPart> parts = new ArrayList<>();
		images.forEach((image) -> parts.add(image(image)));
		if (!text.isBlank()) {
			parts.add(new TextPart(text));
		}
		return new UserMessage(parts);
	}

	private static ImagePart image(@Nullable String dataUrl) {
		Matcher matcher = DATA_URL.matcher((dataUrl != null) ? dataUrl : "");
		if (!matcher.matches()) {
			throw ChatProblem.badRequest(
					"An image is a data: URL of the type image/png, image/jpeg, image/gif or image/webp in Base64");
		}
		return ImagePart.of(new Media.Bytes(matcher.group(1), matcher.group(2)));
	}

}
