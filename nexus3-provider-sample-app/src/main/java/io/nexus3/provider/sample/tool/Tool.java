package io.nexus3.provider.sample.tool;

import io.nexus3.provider.ToolArguments;
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
	 * @param arguments the arguments, a valid object. A model wrote them: check them
	 * @return the result, for the model to read; or a {@link ToolFailedException} whose
	 * message tells the model what to do better
	 */
	Mono<String> call(ToolArguments arguments);

}
