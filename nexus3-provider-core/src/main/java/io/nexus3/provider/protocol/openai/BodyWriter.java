package io.nexus3.provider.protocol.openai;

import java.util.List;

import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.RequestOptions.Sampling;
import io.nexus3.provider.ResponseFormat;
import io.nexus3.provider.ToolChoice;
import io.nexus3.provider.ToolDefinition;
import io.nexus3.provider.protocol.ConversationRepair;
import io.nexus3.provider.protocol.JsonBody;
import io.nexus3.provider.protocol.Target;
import io.nexus3.provider.protocol.ToolSchema;
import io.nexus3.provider.protocol.TopLevelFields;
import io.nexus3.provider.protocol.openai.OpenAiDialect.OptionalField;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the top level of a body. One per request.
 */
final class BodyWriter {

	private final OpenAiDialect dialect;

	private final Target target;

	private final RequestOptions options;

	private final TopLevelFields fields;

	BodyWriter(OpenAiDialect dialect, Target target, RequestOptions options) {
		this.dialect = dialect;
		this.target = target;
		this.options = options;
		this.fields = new TopLevelFields(options.extraBody());
	}

	void write(JsonGenerator json, CompletionRequest request, boolean stream) {
		json.writeStartObject();
		if (this.dialect.body().model() && this.fields.begins(json, "model")) {
			json.writeString(this.target.modelId());
		}
		if (this.fields.begins(json, "messages")) {
			new MessageWriter(this.dialect, this.target).write(json, ConversationRepair.repair(request.messages()));
		}
		writeTools(json, request.tools());
		writeFormat(json);
		writeReasoning(json);
		writeSampling(json, this.options.sampling());
		writeStream(json, stream);
		this.fields.writeExtra(json);
		json.writeEndObject();
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
		if (choice != null && knows(OptionalField.TOOL_CHOICE) && this.fields.begins(json, "tool_choice")) {
			writeToolChoice(json, choice);
		}
		if (knows(OptionalField.PARALLEL_TOOL_CALLS)) {
			this.fields.value(json, "parallel_tool_calls", this.options.toolUse().parallel());
		}
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

	private void writeReasoning(JsonGenerator json) {
		ReasoningForm form = this.dialect.reasoning();
		if (this.options.reasoning() != null && form.style() != ReasoningForm.Style.NONE
				&& this.fields.begins(json, form.field())) {
			form.write(json, this.options.reasoning());
		}
	}

	private void writeSampling(JsonGenerator json, Sampling sampling) {
		this.fields.value(json, this.dialect.body().maxTokensField(), sampling.maxOutputTokens());
		this.fields.value(json, "temperature", sampling.temperature());
		this.fields.value(json, "top_p", sampling.topP());
		List<String> stop = sampling.stop();
		this.fields.value(json, "stop", (stop == null || stop.isEmpty()) ? null : stop);
		if (knows(OptionalField.SEED)) {
			this.fields.value(json, "seed", sampling.seed());
		}
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
