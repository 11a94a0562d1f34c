package io.nexus3.provider.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.nexus3.provider.AssistantMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Every recorded exchange, served over real HTTP and read through the public API, means
 * what its recorders' SDKs say it means.
 */
class WireCorpusTests {

	/** Where a disputed field is not agreed with, and why; at most 15. */
	private static final Map<String, String> EXCEPTIONS = Map.of("anthropic-sse-spliced-message-start-d6b8cde0",
			"handmade, outcome disputed: a second message_start voids the first, but what it streamed has been delivered");

	private static List<WireCase> cases = List.of();

	private static CorpusPlayer player;

	@BeforeAll
	static void readCorpus() {
		Path folder = WireCase.folder();
		cases = WireCase.readAll(folder);
		assertThat(cases).as("exchanges in " + folder).isNotEmpty();
		player = new CorpusPlayer(cases);
	}

	@AfterAll
	static void stop() {
		if (player != null) {
			player.close();
		}
	}

	@Test
	void everyExchangeMeansWhatItsRecordersSay() {
		Map<String, List<String>> differing = new LinkedHashMap<>();
		int agreeing = 0;
		for (WireCase wireCase : cases) {
			List<String> differences = differences(wireCase);
			if (differences.isEmpty() || EXCEPTIONS.containsKey(wireCase.name())) {
				agreeing++;
			}
			else {
				differing.put(wireCase.name(), differences);
			}
		}
		differing
			.forEach((name, differences) -> System.out.println(name + "\n    " + String.join("\n    ", differences)));
		cases.stream()
			.filter((wireCase) -> EXCEPTIONS.containsKey(wireCase.name()))
			.forEach((wireCase) -> System.out
				.println("counted as agreeing: " + wireCase.name() + ": " + EXCEPTIONS.get(wireCase.name())));
		System.out.printf("wire corpus: %d cases, %d agree, %d differ, 0 not yet%n", cases.size(), agreeing,
				differing.size());
		assertThat(differing.keySet()).isEmpty();
		assertThat(EXCEPTIONS).hasSizeLessThanOrEqualTo(15);
	}

	@Test
	void twentyCorruptedExpectationsGiveTwentyDifferences() {
		List<WireCase> open = new ArrayList<>(cases);
		assumeTrue(open.size() >= 20, "fewer than 20 exchanges");
		open.removeIf((wireCase) -> EXCEPTIONS.containsKey(wireCase.name()));
		Collections.shuffle(open, new Random(20));
		Set<String> corrupted = new LinkedHashSet<>();
		Set<String> found = new LinkedHashSet<>();
		Random random = new Random(7);
		for (WireCase wireCase : open.subList(0, Math.min(open.size(), 60))) {
			WireCase served = wireCase;
			if (corrupted.size() < 20) {
				served = corrupt(wireCase, random);
				corrupted.add(wireCase.name());
			}
			if (!differences(served).isEmpty()) {
				found.add(wireCase.name());
			}
		}
		assertThat(found).isEqualTo(corrupted).hasSize(20);
	}

	private static List<String> differences(WireCase wireCase) {
		List<String> differences = new ArrayList<>();
		List<Reading> readings = new ArrayList<>(player.readings(wireCase));
		if (wireCase.isStream()) {
			readings.add(DirectDecoding.byteByByte(wireCase));
			if (DirectDecoding.endOfFirstModelEvent(wireCase) > 0 && !player.deliversBeforeTheEnd(wireCase)) {
				differences.add("the first event waits for the end");
			}
		}
		for (Reading reading : readings) {
			differences.addAll(Agreement.differences(wireCase, reading));
			AssistantMessage message = reading.message();
			if (message != null) {
				differences.addAll(DirectDecoding.lostInReplay(wireCase, message));
			}
		}
		return differences;
	}

	private static WireCase corrupt(WireCase wireCase, Random random) {
		ObjectNode expected = (ObjectNode) wireCase.expected().deepCopy();
		if (!wireCase.isComplete()) {
			if (expected.get("error").isObject() && random.nextBoolean()) {
				((ObjectNode) expected.get("error")).put("type", "no_such_type");
			}
			else {
				expected.put("complete", true);
			}
			return wireCase.withExpected(expected);
		}
		switch (random.nextInt(5)) {
			case 0 -> expected.put("content", expected.get("content").stringValue() + "x");
			case 1 -> expected.put("finish_reason", "no_such_reason");
			case 2 -> expected.put("model", "no-such-model");
			case 3 -> ((ObjectNode) expected.at("/normal/usage")).put("output", 987_654_321);
			default -> expected.put("complete", false);
		}
		return wireCase.withExpected(expected);
	}

}
