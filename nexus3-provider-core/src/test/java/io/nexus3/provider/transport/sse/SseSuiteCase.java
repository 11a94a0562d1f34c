package io.nexus3.provider.transport.sse;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One case of the suite as read from its file.
 *
 * @param chunks the pieces of the stream
 * @param expected what the standard delivers
 * @param lenient what a lenient client delivers, {@code null} when the case does not say
 * @param must whether there is only one right answer
 * @param policy what is left open, {@code null} for a case of tier must
 * @param recommended which answer is recommended, {@code null} when the case does not say
 * @param retryMillis the reconnection time, or -1
 * @param dispatched how many events are out after each chunk, {@code null} when the case
 * does not say
 */
record SseSuiteCase(List<byte[]> chunks, List<Expected> expected, @Nullable List<Expected> lenient, boolean must,
		@Nullable String policy, @Nullable String recommended, long retryMillis, @Nullable List<Integer> dispatched) {

	private static final Set<String> FIELDS = Set.of("id", "group", "category", "source", "chunks", "expected", "tier",
			"policy", "expected_lenient", "recommended", "retry_ms", "content_type", "dispatched_after_chunk",
			"variant_of", "note");

	private static final Set<String> EVENT_FIELDS = Set.of("event", "data", "id", "data_sha256", "data_length",
			"times");

	private static final Set<String> POLICIES = Set.of("eof-incomplete-event", "line-per-event", "max-line-size",
			"retry-overflow", "surrogate-replacement-count", "cr-lookahead", "indented-line");

	/**
	 * One expected event.
	 *
	 * @param event the type, {@code message} by default
	 * @param id the last event id
	 * @param data the data, {@code null} when only its digest and length are known
	 * @param sha256 the digest of the data in hexadecimal digits, or {@code null}
	 * @param length the length of the data in UTF-16 units, or -1
	 */
	record Expected(String event, String id, @Nullable String data, @Nullable String sha256, int length) {

	}

	static SseSuiteCase of(JsonNode node) {
		refuseOthers(node, FIELDS);
		String tier = node.required("tier").stringValue();
		String policy = node.path("policy").stringValue(null);
		if (!tier.equals("must") && !(tier.equals("policy") && policy != null && POLICIES.contains(policy))) {
			throw new IllegalArgumentException("unknown tier " + tier + " or policy " + policy);
		}
		String recommended = node.path("recommended").stringValue(null);
		if (recommended != null && !Set.of("lenient", "either").contains(recommended)) {
			throw new IllegalArgumentException("unknown recommendation " + recommended);
		}
		return new SseSuiteCase(chunks(node.required("chunks")), events(node.required("expected")),
				node.hasNonNull("expected_lenient") ? events(node.get("expected_lenient")) : null, tier.equals("must"),
				policy, recommended, node.path("retry_ms").longValue(-1),
				dispatched(node.get("dispatched_after_chunk")));
	}

	/**
	 * The answers that pass.
	 * @return one or two lists of events
	 */
	List<List<Expected>> accepted() {
		if (this.must || this.lenient == null) {
			return List.of(this.expected);
		}
		return "lenient".equals(this.recommended) ? List.of(this.lenient) : List.of(this.expected, this.lenient);
	}

	byte[] stream() {
		ByteArrayOutputStream out = new ByteArrayOutputStream(size());
		this.chunks.forEach(out::writeBytes);
		return out.toByteArray();
	}

	int size() {
		return this.chunks.stream().mapToInt((chunk) -> chunk.length).sum();
	}

	private static List<byte[]> chunks(JsonNode node) {
		List<byte[]> chunks = new ArrayList<>();
		for (JsonNode chunk : node) {
			if (chunk.isString()) {
				chunks.add(Base64.getDecoder().decode(chunk.stringValue()));
				continue;
			}
			refuseOthers(chunk, Set.of("b64", "repeat"));
			byte[] part = Base64.getDecoder().decode(chunk.required("b64").stringValue());
			byte[] whole = new byte[Math.multiplyExact(part.length, chunk.required("repeat").intValue())];
			for (int at = 0; at < whole.length; at += part.length) {
				System.arraycopy(part, 0, whole, at, part.length);
			}
			chunks.add(whole);
		}
		return chunks;
	}

	private static List<Expected> events(JsonNode node) {
		List<Expected> events = new ArrayList<>();
		for (JsonNode event : node) {
			refuseOthers(event, EVENT_FIELDS);
			if (!event.has("data") && !event.has("data_sha256")) {
				throw new IllegalArgumentException("neither data nor its digest in " + event);
			}
			Expected expected = new Expected(event.required("event").stringValue(), event.required("id").stringValue(),
					event.path("data").stringValue(null), event.path("data_sha256").stringValue(null),
					event.path("data_length").intValue(-1));
			for (int i = event.path("times").intValue(1); i > 0; i--) {
				events.add(expected);
			}
		}
		return events;
	}

	private static @Nullable List<Integer> dispatched(@Nullable JsonNode node) {
		return (node != null && !node.isNull()) ? node.valueStream().map(JsonNode::intValue).toList() : null;
	}

	private static void refuseOthers(JsonNode node, Set<String> known) {
		for (String name : node.propertyNames()) {
			if (!known.contains(name)) {
				throw new IllegalArgumentException("unknown field " + name);
			}
		}
	}

}
