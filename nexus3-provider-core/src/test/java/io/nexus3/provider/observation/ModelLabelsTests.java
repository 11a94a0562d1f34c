package io.nexus3.provider.observation;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ModelLabelsTests {

	@Test
	void theFirstNamesAreKept() {
		ModelLabels labels = new ModelLabels(2);
		assertThat(labels.requested("a")).isEqualTo("a");
		assertThat(labels.requested("b")).isEqualTo("b");
		assertThat(labels.requested("c")).isEqualTo("other");
		assertThat(labels.requested("a")).isEqualTo("a");
	}

	@Test
	void namesOfAnsweringModelsDoNotCrowdOutRequestedOnes() {
		ModelLabels labels = new ModelLabels(1);
		assertThat(labels.answering("a-2026")).isEqualTo("a-2026");
		assertThat(labels.requested("a")).isEqualTo("a");
		assertThat(labels.answering("b-2026")).isEqualTo("other");
	}

	@Test
	void anUnknownModelIsNone() {
		assertThat(new ModelLabels(1).answering(null)).isEqualTo("none");
		assertThat(new ModelLabels(1).answering(" ")).isEqualTo("none");
	}

	@Test
	void anAbsurdlyLongNameIsNotKept() {
		assertThat(new ModelLabels(1).answering("x".repeat(10_000))).isEqualTo("other");
	}

	@Test
	void manyThreadsCannotExceedTheNumber() {
		ModelLabels labels = new ModelLabels(10);
		assertThat(IntStream.range(0, 10_000).parallel().mapToObj((i) -> labels.requested("m" + (i % 100))).distinct())
			.hasSize(11);
	}

	@Test
	void thereMustBeRoomForOne() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ModelLabels(0)).withMessageContaining("at least 1");
	}

}
