package io.nexus3.provider.observation;

/**
 * What may be recorded of calls.
 *
 * @param includeContent whether prompts and answers are recorded on spans. They hold what
 * users wrote and what models said about it: off unless the application decides otherwise
 * @param labels names models on meters
 * @since 0.1.0
 */
public record ObservationSettings(boolean includeContent, ModelLabels labels) {

	/**
	 * No content, and as many models as is usual.
	 * @return the settings
	 */
	public static ObservationSettings defaults() {
		return new ObservationSettings(false, new ModelLabels(ModelLabels.DEFAULT_MAX));
	}

	/**
	 * These settings with or without prompts and answers.
	 * @param include whether prompts and answers are recorded
	 * @return new settings
	 */
	public ObservationSettings withIncludeContent(boolean include) {
		return new ObservationSettings(include, this.labels);
	}

}
