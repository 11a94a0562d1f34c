package io.nexus3.provider.sample.tool;

import java.util.Map;

import io.nexus3.provider.ToolDefinition;
import reactor.core.publisher.Mono;

/**
 * Something the application can do for a model. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface Tool {

	/**
	 * What the model is told about the tool.
	 * @return the definition, always the same
	 */
	ToolDefinition definition();

	/**
	 * Do it, without blocking the thread.
	 * @param arguments the arguments by name; a value may be {@code null}. A model wrote
	 * them: check them
	 * @return the result, for the model to read; or a {@link ToolFailedException} whose
	 * message tells the model what to do better
	 */
	Mono<String> call(Map<String, Object> arguments);

}
