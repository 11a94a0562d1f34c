package io.nexus3.provider.test.anthropic;

import java.util.Map;
import java.util.Set;

import io.nexus3.provider.test.format.FormatRequest;
import tools.jackson.databind.JsonNode;

/**
 * What the vendor refuses about thinking, effort, and what goes with them.
 *
 * @see <a href=
 * "https://platform.claude.com/docs/en/build-with-claude/extended-thinking">Anthropic,
 * extended thinking</a>
 */
final class ThinkingRules {

	private static final Map<String, Set<String>> FIELDS = Map.of("enabled", Set.of("type", "budget_tokens", "display"),
			"adaptive", Set.of("type", "display"), "disabled", Set.of("type"));

	private static final Set<String> DISPLAYS = Set.of("summarized", "omitted");

	private static final int LEAST_BUDGET = 1024;

	private final JsonNode body;

	private final boolean interleaved;

	private final ModelTraits traits;

	private final Complaints complaints;

	ThinkingRules(FormatRequest request, Complaints complaints) {
		this.body = request.body();
		String beta = request.header("anthropic-beta");
		this.interleaved = beta != null && beta.contains("interleaved-thinking");
		this.traits = ModelTraits.of(request.model());
		this.complaints = complaints;
	}

	void check() {
		checkEffort(this.body.path("output_config").path("effort"));
		JsonNode thinking = this.body.path("thinking");
		if (thinking.isMissingNode()) {
			return;
		}
		String form = thinking.path("type").asString("");
		if (!ModelTraits.FORMS.contains(form)) {
			this.complaints.addUnknownTag("thinking", form, ModelTraits.FORMS, Pages.THINKING);
			return;
		}
		this.complaints.checkFields(thinking, FIELDS.getOrDefault(form, Set.of()), "thinking." + form + ".",
				Pages.THINKING);
		if (!this.traits.thinking().contains(form)) {
			this.complaints.add(refusal(form), Pages.ADAPTIVE);
		}
		JsonNode display = thinking.path("display");
		if (!display.isMissingNode() && !DISPLAYS.contains(display.asString(""))) {
			this.complaints.add("thinking.%s.display: Input should be 'summarized' or 'omitted'".formatted(form),
					Pages.THINKING);
		}
		if (form.equals("enabled")) {
			checkBudget(thinking.path("budget_tokens"));
		}
		if (!form.equals("disabled")) {
			checkCompany();
		}
	}

	private String refusal(String form) {
		if (this.traits.thinking().size() == 1 && this.traits.thinking().contains("disabled")) {
			return "'%s' does not support thinking.".formatted(this.body.path("model").asString(""));
		}
		if (form.equals("adaptive")) {
			return "adaptive thinking is not supported on this model";
		}
		return "\"thinking.type.%s\" is not supported for this model. Use \"thinking.type.adaptive\" and "
			.formatted(form) + "\"output_config.effort\" to control thinking behavior.";
	}

	private void checkBudget(JsonNode budget) {
		if (!budget.isIntegralNumber()) {
			this.complaints.add("thinking.enabled.budget_tokens: Field required", Pages.THINKING);
			return;
		}
		if (budget.asLong() < LEAST_BUDGET) {
			this.complaints.add("thinking.enabled.budget_tokens: Input should be greater than or equal to 1024",
					Pages.THINKING);
		}
		// Interleaved thinking has its budget for the whole turn, above any one limit.
		if (!this.interleaved && budget.asLong() >= this.body.path("max_tokens").asLong(Long.MAX_VALUE)) {
			this.complaints.add("`max_tokens` must be greater than `thinking.budget_tokens`.", Pages.THINKING);
		}
	}

	private void checkCompany() {
		JsonNode temperature = this.body.path("temperature");
		if (temperature.isNumber() && temperature.asDouble() != 1) {
			this.complaints.add("`temperature` may only be set to 1 when thinking is enabled or in adaptive mode.",
					Pages.THINKING);
		}
		if (this.body.path("top_p").isNumber() && this.body.path("top_p").asDouble() < 0.95) {
			this.complaints.add("`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled or in "
					+ "adaptive mode.", Pages.THINKING);
		}
		if (this.body.path("top_k").isNumber()) {
			this.complaints.add("`top_k` must be unset when thinking is enabled or in adaptive mode.", Pages.THINKING);
		}
		String choice = this.body.path("tool_choice").path("type").asString("");
		if (choice.equals("any") || choice.equals("tool")) {
			this.complaints.add("Thinking may not be enabled when tool_choice forces tool use.", Pages.THINKING);
		}
	}

	private void checkEffort(JsonNode effort) {
		if (effort.isMissingNode() || effort.isNull()) {
			return;
		}
		if (!ModelTraits.EFFORTS.contains(effort.asString(""))) {
			this.complaints.add("output_config.effort: Input should be 'low', 'medium', 'high', 'xhigh' or 'max'",
					Pages.EFFORT);
		}
		else if (this.traits.efforts().isEmpty()) {
			this.complaints.add("This model does not support the effort parameter.", Pages.EFFORT);
		}
		else if (!this.traits.efforts().contains(effort.asString(""))) {
			this.complaints.add("This model does not support effort level '%s'.".formatted(effort.asString("")),
					Pages.EFFORT);
		}
	}

}
