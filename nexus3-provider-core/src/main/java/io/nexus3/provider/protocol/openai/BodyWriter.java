package io.nexus3.provider.protocol.openai;

import java.util.List;

import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.Reasoning;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.RequestOptions.Sampling;
import io.nexus3.provider.ResponseFormat;
import io.nexus3.provider.ToolChoice;
import io.nexus3.provider.ToolDefinition;
import io.nexus3.provider.protocol.ConversationRepair;
import io.nexus3.provider.protocol.JsonBody;
import io.nexus3.provider.protocol.LeftOut;
import io.nexus3.provider.protocol.Target;
import io.nexus3.provider.protocol.ToolSchema;
import io.nexus3.provider.protocol.TopLevelFields;
import io.nexus3.provider.protocol.openai.OpenAiDialect.OptionalField;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the top level of a body. One per request.
 */
final class BodyWriter {

	private final OpenAiDialect dialect;

	private final Target target;

	private final RequestOptions options;

	private final TopLevelFields fields;

	private final ModelGeneration generation;

	private final LeftOut leftOut = new LeftOut();

	BodyWriter(OpenAiDialect dialect, Target target, RequestOptions options) {
		this.dialect = dialect;
		this.target = target;
		this.options = options;
		this.fields = new TopLevelFields(options.extraBody());
		this.generation = dialect.body().generations() ? generation(target) : ModelGeneration.OTHER;
	}

	/** A deployment has a name of its own; the vendor's name for the model tells more. */
	private static ModelGeneration generation(Target target) {
		ModelGeneration generation = ModelGeneration.of(target.knownAs());
		return (generation != ModelGeneration.OTHER) ? generation : ModelGeneration.of(target.modelId());
	}

	void write(JsonGenerator json, CompletionRequest request, boolean stream) {
		json.writeStartObject();
		if (this.dialect.body().model() && this.fields.begins(json, "model")) {
			json.writeString(this.target.modelId());
		}
		if (this.fields.begins(json, "messages")) {
			new MessageWriter(this.dialect, this.target, this.generation.systemRole()).write(json,
					ConversationRepair.repair(request.messages()), this.options.extraBody());
		}
		writeTools(json, request.tools());
		writeFormat(json);
		writeSampling(json, this.options.sampling(), writeReasoning(json, !request.tools().isEmpty()));
		writeStream(json, stream);
		this.fields.writeExtra(json);
		json.writeEndObject();
		this.leftOut.report(this.target);
	}

	private boolean knows(OptionalField field) {
		return this.dialect.body().knows(field);
	}

	/** OpenAI refuses a tool choice where there are no tools. */
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
		if (choice != null && takes("tool_choice", knows(OptionalField.TOOL_CHOICE))
				&& this.fields.begins(json, "tool_choice")) {
			writeToolChoice(json, choice);
		}
		value(json, "parallel_tool_calls", this.options.toolUse().parallel(),
				knows(OptionalField.PARALLEL_TOOL_CALLS) && this.generation.parallel());
	}

	/** A setting that is set is written or noted as left out. */
	private void value(JsonGenerator json, String name, @Nullable Object value, boolean taken) {
		if (value != null && takes(name, taken)) {
			this.fields.value(json, name, value);
		}
	}

	private boolean takes(String name, boolean taken) {
		this.leftOut.addIf(name, !taken && !this.fields.extra().containsKey(name));
		return taken;
	}

	private void writeTool(JsonGenerator json, ToolDefinition tool) {
		json.writeStartObject();
		json.writeStringProperty("type", "function");
		json.writeObjectPropertyStart("function");
		json.writeStringProperty("name", tool.name());
		if (!tool.description().isEmpty()) {
			json.writeStringProperty("description", tool.description());
		}
		json.writeName("parameters");
		JsonBody.writeValue(json, ToolSchema.normalise(tool.parameters()));
		Boolean strict = tool.strict();
		if (strict != null && knows(OptionalField.STRICT)) {
			json.writeBooleanProperty("strict", strict);
		}
		json.writeEndObject();
		json.writeEndObject();
	}

	private static void writeToolChoice(JsonGenerator json, ToolChoice choice) {
		if (choice instanceof ToolChoice.Named named) {
			json.writeStartObject();
			json.writeStringProperty("type", "function");
			json.writeObjectPropertyStart("function");
			json.writeStringProperty("name", named.name());
			json.writeEndObject();
			json.writeEndObject();
		}
		else if (choice instanceof ToolChoice.Any any) {
			json.writeString(switch (any) {
				case AUTO -> "auto";
				case NONE -> "none";
				case REQUIRED -> "required";
			});
		}
		else {
			throw new IllegalStateException("Unknown tool choice " + choice.getClass().getName());
		}
	}

	private void writeFormat(JsonGenerator json) {
		ResponseFormat format = this.options.responseFormat();
		if (format == null || !this.fields.begins(json, "response_format")) {
			return;
		}
		json.writeStartObject();
		if (format instanceof ResponseFormat.JsonSchema schema) {
			json.writeStringProperty("type", "json_schema");
			json.writeObjectPropertyStart("json_schema");
			json.writeStringProperty("name", schema.name());
			if (knows(OptionalField.STRICT)) {
				json.writeBooleanProperty("strict", schema.strict());
			}
			json.writeName("schema");
			JsonBody.writeValue(json, schema.schema());
			json.writeEndObject();
		}
		else if (format instanceof ResponseFormat.Plain plain) {
			json.writeStringProperty("type", (plain == ResponseFormat.Plain.TEXT) ? "text" : "json_object");
		}
		else {
			throw new IllegalStateException("Unknown response format " + format.getClass().getName());
		}
		json.writeEndObject();
	}

	/**
	 * Write how much to reason.
	 * @return whether the model will reason, as far as that is known
	 */
	private boolean writeReasoning(JsonGenerator json, boolean tools) {
		ReasoningForm form = this.dialect.reasoning();
		Reasoning reasoning = this.options.reasoning();
		if (this.generation != ModelGeneration.OTHER && form.style() == ReasoningForm.Style.EFFORT) {
			EffortPlan plan = EffortPlan.of(this.generation.efforts(), this.options, tools, this.leftOut);
			this.fields.value(json, form.field(), plan.effort());
			return plan.reasons();
		}
		if (reasoning != null && form.style() == ReasoningForm.Style.NONE) {
			takes(form.field(), reasoning instanceof Reasoning.Off);
		}
		else if (reasoning != null && this.fields.begins(json, form.field(reasoning))) {
			form.write(json, reasoning);
		}
		return reasoning != null && !(reasoning instanceof Reasoning.Off);
	}

	private void writeSampling(JsonGenerator json, Sampling sampling, boolean reasons) {
		boolean free = this.generation.sampling().where(reasons);
		this.fields.value(json,
				this.generation.completionTokens() ? "max_completion_tokens" : this.dialect.body().maxTokensField(),
				sampling.maxOutputTokens());
		value(json, "temperature", sampling.temperature(), free);
		value(json, "top_p", sampling.topP(), free);
		List<String> stop = sampling.stop();
		value(json, "stop", (stop == null || stop.isEmpty()) ? null : stop, this.generation.stop().where(reasons));
		value(json, "seed", sampling.seed(), knows(OptionalField.SEED));
	}

	private void writeStream(JsonGenerator json, boolean stream) {
		if (!stream) {
			return;
		}
		this.fields.value(json, "stream", true);
		if (knows(OptionalField.STREAM_USAGE) && this.fields.begins(json, "stream_options")) {
			json.writeStartObject();
			json.writeBooleanProperty("include_usage", true);
			json.writeEndObject();
		}
	}

}
