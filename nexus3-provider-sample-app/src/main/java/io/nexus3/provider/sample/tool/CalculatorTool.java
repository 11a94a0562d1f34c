package io.nexus3.provider.sample.tool;

import java.util.List;
import java.util.Map;

import io.nexus3.provider.ToolArguments;
import io.nexus3.provider.ToolDefinition;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Does the sums that models get wrong.
 *
 * @since 0.1.0
 */
@Component
public class CalculatorTool implements Tool {

	private static final ToolDefinition DEFINITION = ToolDefinition.of("calculator",
			"Calculates an arithmetic expression exactly. Use it for every sum.",
			Map.of("type", "object", "properties",
					Map.of("expression",
							Map.of("type", "string", "description",
									"Numbers, + - * / and parentheses, such as (12.5 + 3) * 7")),
					"required", List.of("expression"), "additionalProperties", false));

	@Override
	public ToolDefinition definition() {
		return DEFINITION;
	}

	@Override
	public Mono<String> call(ToolArguments arguments) {
		return Mono.fromCallable(() -> {
			if (arguments.get("expression") instanceof String expression) {
				return Expression.evaluate(expression);
			}
			throw new ToolFailedException("Give the argument \"expression\" as text, such as \"12 * 7\"");
		});
	}

}
