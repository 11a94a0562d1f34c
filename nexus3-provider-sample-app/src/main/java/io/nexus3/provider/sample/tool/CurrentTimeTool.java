package io.nexus3.provider.sample.tool;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.nexus3.provider.ToolArguments;
import io.nexus3.provider.ToolDefinition;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Tells the time somewhere in the world, which no model knows.
 *
 * @since 0.1.0
 */
@Component
public class CurrentTimeTool implements Tool {

	private static final ToolDefinition DEFINITION = ToolDefinition
		.of("current_time", "Tells the current date and time in a time zone.",
				Map.of("type", "object", "properties",
						Map.of("time_zone", Map.of("type", "string", "description",
								"An IANA time zone such as Europe/Lisbon, or UTC; a city that names one will do")),
						"required", List.of("time_zone"), "additionalProperties", false));

	private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy, HH:mm:ss",
			Locale.UK);

	private final Clock clock;

	/**
	 * A tool with the clock of the system.
	 */
	@Autowired
	public CurrentTimeTool() {
		this(Clock.systemUTC());
	}

	CurrentTimeTool(Clock clock) {
		this.clock = clock;
	}

	@Override
	public ToolDefinition definition() {
		return DEFINITION;
	}

	@Override
	public Mono<String> call(ToolArguments arguments) {
		return Mono.fromCallable(() -> {
			if (arguments.get("time_zone") instanceof String name) {
				return describe(ZonedDateTime.now(this.clock.withZone(TimeZones.find(name))));
			}
			throw new ToolFailedException("Give the argument \"time_zone\" as text, such as \"Europe/Lisbon\"");
		});
	}

	private static String describe(ZonedDateTime time) {
		return "%s in %s (UTC%s)".formatted(FORMAT.format(time), time.getZone().getId(),
				time.getOffset().getTotalSeconds() == 0 ? "" : time.getOffset().getId());
	}

}
