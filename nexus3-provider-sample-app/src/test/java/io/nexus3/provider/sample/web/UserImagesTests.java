package io.nexus3.provider.sample.web;

import java.util.Collections;
import java.util.List;

import io.nexus3.provider.ImagePart;
import io.nexus3.provider.Media;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.UserMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UserImagesTests {

	private static final String IMAGE = "data:image/png;base64,iVBORw0KGgo=";

	@Test
	void putsImagesBeforeTheText() {
		assertThat(UserImages.message("What is this?", List.of(IMAGE)).content())
			.containsExactly(ImagePart.of(new Media.Bytes("image/png", "iVBORw0KGgo=")), new TextPart("What is this?"));
	}

	@Test
	void takesImagesWithoutAText() {
		assertThat(UserImages.message("", List.of(IMAGE)).content()).hasSize(1);
	}

	@Test
	void leavesATextWithoutImagesAlone() {
		assertThat(UserImages.message("Hello", null)).isEqualTo(UserMessage.of("Hello"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://example.org/a.png", "data:image/svg+xml;base64,AAAA", "data:text/html;base64,AA",
			"data:image/png,AAAA", "data:image/png;base64,", "data:image/png;base64,A A" })
	void refusesWhatIsNoImageInBase64(String url) {
		assertThatExceptionOfType(ChatProblem.class).isThrownBy(() -> UserImages.message("Hello", List.of(url)))
			.withMessageContaining("image/png, image/jpeg, image/gif or image/webp");
	}

	@Test
	void refusesMoreThanFourImages() {
		assertThatExceptionOfType(ChatProblem.class)
			.isThrownBy(() -> UserImages.message("Hello", Collections.nCopies(5, IMAGE)))
			.withMessageContaining("at most 4 images");
	}

}
