package io.nexus3.provider.protocol.anthropic;

import java.util.List;
import java.util.Map;

import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.Reasoning;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.ResponseFormat;
import io.nexus3.provider.ToolChoice;
import io.nexus3.provider.ToolDefinition;
import io.nexus3.provider.VendorJson.Origin;
import io.nexus3.provider.protocol.CacheMarks;
import io.nexus3.provider.protocol.JsonBody;
import io.nexus3.provider.protocol.LeftOut;
import io.nexus3.provider.protocol.Target;
import io.nexus3.provider.protocol.ToolSchema;
import io.nexus3.provider.protocol.TopLevelFields;
import io.nexus3.provider.protocol.anthropic.ModelGeneration.Sampling;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the top level of a body. One per request.
 * <p>
 * JSON without a schema has no counterpart in this format: the prompt has to ask for it.
 * A seed has none either.
 */
final class BodyWriter {

	private final Target target;

	private final RequestOptions options;

	private final TopLevelFields fields;

	private final ModelGeneration generation;

	private final LeftOut leftOut = new LeftOut();

	BodyWriter(Target target, RequestOptions options) {
		this.target = target;
		this.options = options;
		this.fields = new TopLevelFields(options.extraBody());
		this.generation = ModelGeneration.of(target.modelId());
	}

	void write(JsonGenerator json, CompletionRequest request, boolean stream) {
		Origin origin = AnthropicProtocol.origin(this.target);
		Conversation conversation = Conversation.of(request.messages(), origin);
		boolean canThink = !forcesTool(request) && !conversation.inRoundWithoutThinking();
		ThinkingPlan plan = ThinkingPlan.of(this.generation, this.options, canThink);
		json.writeStartObject();
		this.fields.value(json, "model", this.target.modelId());
		this.fields.value(json, "max_tokens", plan.maxTokens());
		int marks = this.target.promptCaching()
				? CacheMarks.left(CacheMarks.in(this.options.extraBody()) + conversation.cacheMarks()) : 0;
		marks -= writeSystem(json, conversation.system(), marks > 0) ? 1 : 0;
		if (this.fields.begins(json, "messages")) {
			new TurnWriter(origin).write(json, conversation.turns(),
					(marks > 0) ? conversation.nextToLastUserTurn() : -1);
		}
		writeTools(json, request.tools());
		writeThinking(json, plan);
		writeOutputConfig(json, plan);
		writeSampling(json, this.options.sampling(), plan);
		this.fields.value(json, "stream", stream ? Boolean.TRUE : null);
		this.fields.writeExtra(json);
		json.writeEndObject();
		this.leftOut.report(this.target);
	}

	/** Whether a setting is written; one that is not is noted, unless it is extra. */
	private boolean takes(String name, boolean set, boolean taken) {
		this.leftOut.addIf(name, set && !taken && !this.fields.extra().containsKey(name));
		return set && taken;
	}

	/**
	 * A mark at the end of the system's words holds for the tools before them, too.
	 * @return whether a mark was set
	 */
	private boolean writeSystem(JsonGenerator json, String system, boolean marked) {
		if (system.isEmpty() || !this.fields.begins(json, "system")) {
			return false;
		}
		if (!marked) {
			json.writeString(system);
			return false;
		}
		json.writeStartArray();
		json.writeStartObject();
		json.writeStringProperty("type", "text");
		json.writeStringProperty("text", system);
		TurnWriter.writeCacheMark(json);
		json.writeEndObject();
		json.writeEndArray();
		return true;
	}

	private void writeTools(JsonGenerator json, List<ToolDefinition> tools) {
		if (tools.isEmpty()) {
			return;
		}
		if (this.fields.begins(json, "tools")) {
			json.writeStartArray();
			tools.forEach((tool) -> writeTool(json, tool));
			json.writeEndArray();
		}
		ToolChoice choice = this.options.toolUse().choice();
		Boolean parallel = this.options.toolUse().parallel();
		if ((choice != null || parallel != null) && this.fields.begins(json, "tool_choice")) {
			writeToolChoice(json, (choice != null) ? choice : ToolChoice.auto(), parallel);
		}
	}

	private static void writeTool(JsonGenerator json, ToolDefinition tool) {
		json.writeStartObject();
		json.writeStringProperty("name", tool.name());
		if (!tool.description().isEmpty()) {
			json.writeStringProperty("description", tool.description());
		}
		json.writeName("input_schema");
		JsonBody.writeValue(json, ToolSchema.normalise(tool.parameters()));
		if (tool.strict() != null) {
			json.writeBooleanProperty("strict", tool.strict());
		}
		json.writeEndObject();
	}

	private static void writeToolChoice(JsonGenerator json, ToolChoice choice, @Nullable Boolean parallel) {
		json.writeStartObject();
		if (choice instanceof ToolChoice.Named named) {
			json.writeStringProperty("type", "tool");
			json.writeStringProperty("name", named.name());
		}
		else if (choice instanceof ToolChoice.Any any) {
			json.writeStringProperty("type", switch (any) {
				case AUTO -> "auto";
				case NONE -> "none";
				case REQUIRED -> "any";
			});
		}
		else {
			throw new IllegalStateException("Unknown tool choice " + choice.getClass().getName());
		}
		if (parallel != null && choice != ToolChoice.Any.NONE) {
			json.writeBooleanProperty("disable_parallel_tool_use", !parallel);
		}
		json.writeEndObject();
	}

	private boolean forcesTool(CompletionRequest request) {
		ToolChoice choice = this.options.toolUse().choice();
		return !request.tools().isEmpty() && (choice instanceof ToolChoice.Named || choice == ToolChoice.Any.REQUIRED);
	}

	private void writeThinking(JsonGenerator json, ThinkingPlan plan) {
		Reasoning reasoning = this.options.reasoning();
		boolean on = reasoning != null && !(reasoning instanceof Reasoning.Off);
		boolean off = reasoning instanceof Reasoning.Off && this.generation.always() && !this.generation.optional();
		takes("thinking", on || off, !off && plan.thinks());
		if (plan.mode() == ThinkingPlan.Mode.UNSAID || !this.fields.begins(json, "thinking")) {
			return;
		}
		json.writeStartObject();
		switch (plan.mode()) {
			case BUDGET -> {
				json.writeStringProperty("type", "enabled");
				json.writeNumberProperty("budget_tokens", plan.budget());
			}
			case ADAPTIVE -> {
				json.writeStringProperty("type", "adaptive");
				if (this.generation.hidesThinking()) {
					json.writeStringProperty("display", "summarized");
				}
			}
			default -> json.writeStringProperty("type", "disabled");
		}
		json.writeEndObject();
	}

	private void writeOutputConfig(JsonGenerator json, ThinkingPlan plan) {
		ResponseFormat format = this.options.responseFormat();
		boolean schema = format instanceof ResponseFormat.JsonSchema;
		takes("response_format", format == ResponseFormat.Plain.JSON_OBJECT, false);
		if ((plan.effort() == null && !schema) || !this.fields.begins(json, "output_config")) {
			return;
		}
		json.writeStartObject();
		if (plan.effort() != null) {
			json.writeStringProperty("effort", plan.effort());
		}
		if (format instanceof ResponseFormat.JsonSchema jsonSchema) {
			json.writeObjectPropertyStart("format");
			json.writeStringProperty("type", "json_schema");
			json.writeName("schema");
			JsonBody.writeValue(json, jsonSchema.schema());
			json.writeEndObject();
		}
		json.writeEndObject();
	}

	/**
	 * Thinking takes no temperature but 1 and no top-p below 0.95; newer models take one
	 * of the two at a time, where the temperature counts, and the newest neither.
	 */
	private void writeSampling(JsonGenerator json, RequestOptions.Sampling sampling, ThinkingPlan plan) {
		Sampling taken = this.generation.sampling();
		boolean thinks = thinks(plan);
		boolean temperature = takes("temperature", sampling.temperature() != null, taken != Sampling.NONE && !thinks);
		Double topP = sampling.topP();
		boolean topPTaken = takes("top_p", topP != null, taken != Sampling.NONE
				&& !(taken == Sampling.ONE && temperature) && !(thinks && topP != null && topP < 0.95));
		this.fields.value(json, "temperature", temperature ? sampling.temperature() : null);
		this.fields.value(json, "top_p", topPTaken ? topP : null);
		List<String> stop = sampling.stop();
		this.fields.value(json, "stop_sequences", (stop == null || stop.isEmpty()) ? null : stop);
		takes("seed", sampling.seed() != null, false);
	}

	/** Thinking in an extra field decides. */
	private boolean thinks(ThinkingPlan plan) {
		if (!this.fields.extra().containsKey("thinking")) {
			return plan.thinks();
		}
		return this.fields.extra().get("thinking") instanceof Map<?, ?> own && !"disabled".equals(own.get("type"));
	}

}
