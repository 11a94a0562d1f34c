package io.nexus3.provider.test.openai;

import io.nexus3.provider.test.format.ApiError;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The envelope in which a server sends its errors, and its words for the usual ones.
 *
 * @since 0.1.0
 */
public enum ErrorStyle {

	/**
	 * OpenAI: type, param and code as text.
	 */
	OPENAI {

		@Override
		public ApiError unauthorized(@Nullable String key) {
			return new ApiError(401,
					(key == null)
							? "You didn't provide an API key. You need to provide your API key in an Authorization "
									+ "header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY)."
							: "Incorrect API key provided: %s. You can find your API key at ".formatted(masked(key))
									+ "https://platform.openai.com/account/api-keys.",
					null, (key == null) ? null : "invalid_api_key");
		}

		@Override
		public ApiError unknownModel(String model) {
			return new ApiError(404, "The model `%s` does not exist or you do not have access to it.".formatted(model),
					null, "model_not_found");
		}

		@Override
		public ObjectNode envelope(ApiError error) {
			return fields(error, type(error.status()), (error.code() != null) ? error.code() : code(error.status()));
		}

		private static String type(int status) {
			if (status == 429) {
				return "requests";
			}
			return (status >= 500) ? "server_error" : "invalid_request_error";
		}

		private static @Nullable String code(int status) {
			return (status == 429) ? "rate_limit_exceeded" : null;
		}

	},

	/**
	 * OpenRouter: the code is a number equal to the status, and there is no type.
	 */
	OPENROUTER {

		@Override
		public ApiError unauthorized(@Nullable String key) {
			return ApiError.of(401, (key == null) ? "No auth credentials found" : "User not found.");
		}

		@Override
		public ApiError unknownModel(String model) {
			return ApiError.of(400, model + " is not a valid model ID");
		}

		@Override
		public ObjectNode envelope(ApiError error) {
			ObjectNode root = JsonNodeFactory.instance.objectNode();
			root.putObject("error").put("message", error.message()).put("code", error.status());
			return root;
		}

		@Override
		public ObjectNode event(ApiError error, ObjectNode emptyChunk) {
			// The error is beside a choice that ends with it.
			emptyChunk.setAll(envelope(error));
			emptyChunk.putArray("choices")
				.addObject()
				.put("index", 0)
				.put("finish_reason", "error")
				.put("native_finish_reason", "error")
				.putObject("delta")
				.put("role", "assistant")
				.put("content", "");
			return emptyChunk;
		}

	},

	/**
	 * Azure: its gateway sends only code and message, the model behind it as OpenAI.
	 */
	AZURE {

		@Override
		public ApiError unauthorized(@Nullable String key) {
			return new ApiError(401,
					"Access denied due to invalid subscription key or wrong API endpoint. Make sure to "
							+ "provide a valid key for an active subscription and use a correct regional API endpoint for your "
							+ "resource.",
					null, "401");
		}

		@Override
		public ApiError unknownModel(String model) {
			return new ApiError(404,
					"The API deployment for this resource does not exist. If you created the deployment "
							+ "within the last 5 minutes, please wait a moment and try again.",
					null, "DeploymentNotFound");
		}

		@Override
		public ObjectNode envelope(ApiError error) {
			if (error.status() == 400) {
				return OPENAI.envelope(error);
			}
			ObjectNode root = JsonNodeFactory.instance.objectNode();
			String code = (error.code() != null) ? error.code() : String.valueOf(error.status());
			root.putObject("error").put("code", code).put("message", error.message());
			return root;
		}

	},

	/**
	 * Ollama: OpenAI's fields, with types of its own and no codes.
	 */
	OLLAMA {

		@Override
		public ApiError unauthorized(@Nullable String key) {
			return ApiError.of(401, "unauthorized");
		}

		@Override
		public ApiError unknownModel(String model) {
			return ApiError.of(404, "model '%s' not found".formatted(model));
		}

		@Override
		public ObjectNode envelope(ApiError error) {
			String type = switch (error.status()) {
				case 400 -> "invalid_request_error";
				case 404 -> "not_found_error";
				default -> "api_error";
			};
			return fields(ApiError.of(error.status(), error.message()), type, null);
		}

		@Override
		public ObjectNode event(ApiError error, ObjectNode emptyChunk) {
			return JsonNodeFactory.instance.objectNode().put("error", error.message());
		}

	},

	/**
	 * vLLM: the code is a number, and a wrong key is answered with a bare text.
	 */
	VLLM {

		@Override
		public ApiError unauthorized(@Nullable String key) {
			return ApiError.of(401, "Unauthorized");
		}

		@Override
		public ApiError unknownModel(String model) {
			return new ApiError(404, "The model `%s` does not exist.".formatted(model), "model", null);
		}

		@Override
		public ObjectNode envelope(ApiError error) {
			ObjectNode root = JsonNodeFactory.instance.objectNode();
			if (error.status() == 401) {
				return root.put("error", error.message());
			}
			String type = switch (error.status()) {
				case 400 -> "BadRequestError";
				case 404 -> "NotFoundError";
				default -> "InternalServerError";
			};
			root.putObject("error")
				.put("message", error.message())
				.put("type", type)
				.put("param", error.param())
				.put("code", error.status());
			return root;
		}

	};

	/**
	 * The refusal of a missing or wrong key.
	 * @param key the key as sent, or {@code null} if none was
	 * @return the error
	 */
	public abstract ApiError unauthorized(@Nullable String key);

	/**
	 * The refusal of a model that is not served.
	 * @param model the model or deployment asked for
	 * @return the error
	 */
	public abstract ApiError unknownModel(String model);

	/**
	 * The body of an error answer.
	 * @param error the error
	 * @return the JSON body
	 */
	public abstract ObjectNode envelope(ApiError error);

	/**
	 * The event by which an error is told within a stream that began well.
	 * @param error the error
	 * @param emptyChunk a chunk of that stream without choices; may be used and changed
	 * @return the data of the event
	 */
	public ObjectNode event(ApiError error, ObjectNode emptyChunk) {
		return envelope(error);
	}

	private static String masked(String key) {
		return (key.length() <= 8) ? "*".repeat(key.length())
				: key.substring(0, 4) + "*".repeat(key.length() - 8) + key.substring(key.length() - 4);
	}

	private static ObjectNode fields(ApiError error, String type, @Nullable String code) {
		ObjectNode root = JsonNodeFactory.instance.objectNode();
		root.putObject("error")
			.put("message", error.message())
			.put("type", type)
			.put("param", error.param())
			.put("code", code);
		return root;
	}

}
