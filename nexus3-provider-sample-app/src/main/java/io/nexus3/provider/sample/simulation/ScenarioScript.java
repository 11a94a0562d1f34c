package io.nexus3.provider.sample.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import io.nexus3.provider.test.Dialect;
import io.nexus3.provider.test.SimulatedProvider;
import io.nexus3.provider.test.SimulatedProviders;
import io.nexus3.provider.test.http.BodyStep;
import io.nexus3.provider.test.http.BodyStep.Write;
import io.nexus3.provider.test.http.ScriptedResponse;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Makes the scenarios happen: spoils the first answer to each request that names one.
 * Safe for use by any thread.
 */
final class ScenarioScript {

	private static final int MAX_REMEMBERED = 1000;

	/**
	 * The last piece of a tool call's arguments, in OpenAI's and in Anthropic's words.
	 */
	private static final Pattern END_OF_ARGUMENTS = Pattern
		.compile("(\"(?:arguments|partial_json)\":\"(?:[^\"\\\\]|\\\\.)*)}\"");

	private final Set<String> spoiled = Collections
		.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<String, Boolean>() {

			@Override
			protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
				return size() > MAX_REMEMBERED;
			}

		}));

	private final Duration slowStart;

	/**
	 * A script.
	 * @param slowStart how long {@link Scenario#SLOW_START} keeps silent
	 */
	ScenarioScript(Duration slowStart) {
		this.slowStart = slowStart;
	}

	void install(SimulatedProviders providers) {
		for (Dialect dialect : Dialect.values()) {
			SimulatedProvider provider = providers.provider(dialect);
			provider.onRequest((call) -> call.request().header(Scenario.HEADER) != null, (call,
					usual) -> answer(provider, Objects.requireNonNull(call.request().header(Scenario.HEADER)), usual));
		}
	}

	private ScriptedResponse answer(SimulatedProvider provider, String mark, ScriptedResponse usual) {
		if (!this.spoiled.add(mark)) {
			return usual;
		}
		String id = mark.substring(0, mark.indexOf(';'));
		for (Scenario scenario : Scenario.values()) {
			if (scenario.id().equals(id)) {
				return spoil(scenario, provider, usual);
			}
		}
		throw new IllegalArgumentException("There is no scenario '" + id + "'");
	}

	private ScriptedResponse spoil(Scenario scenario, SimulatedProvider provider, ScriptedResponse usual) {
		return switch (scenario) {
			case RATE_LIMIT ->
				provider.error(429, "Rate limit reached: try again in a second").withHeader("Retry-After", "1");
			case OVERLOADED -> firstHalf(usual)
				.thenWrite(provider.errorEvent((provider.dialect() == Dialect.ANTHROPIC) ? 529 : 503, "Overloaded"));
			case TRUNCATED -> firstHalf(usual);
			case SLOW_START -> usual.withHeadAfter(this.slowStart);
			case BROKEN_ARGUMENTS -> withoutLastBrace(usual);
		};
	}

	private static ScriptedResponse firstHalf(ScriptedResponse usual) {
		long writes = usual.body().stream().filter(Write.class::isInstance).count();
		return usual.withFirstWrites((int) Math.max(1, writes / 2));
	}

	private static ScriptedResponse withoutLastBrace(ScriptedResponse usual) {
		List<BodyStep> steps = new ArrayList<>();
		for (BodyStep step : usual.body()) {
			steps.add((step instanceof Write write) ? new Write(withoutLastBrace(write.bytes())) : step);
		}
		return usual.withBody(steps);
	}

	private static byte[] withoutLastBrace(byte[] event) {
		return END_OF_ARGUMENTS.matcher(new String(event, UTF_8)).replaceAll("$1\"").getBytes(UTF_8);
	}

}
