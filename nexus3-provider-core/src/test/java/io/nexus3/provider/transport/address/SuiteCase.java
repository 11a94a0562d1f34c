package io.nexus3.provider.transport.address;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.nexus3.provider.config.AddressPolicy;
import io.nexus3.provider.config.ProviderConfig;
import tools.jackson.databind.JsonNode;

/**
 * One case of the endpoint policy suite.
 *
 * @param data the case as it is in the file
 */
public record SuiteCase(JsonNode data) {

	public String id() {
		return text("id");
	}

	public String url() {
		return text("url");
	}

	public boolean denied() {
		return text("verdict").equals("deny");
	}

	/**
	 * When it is decided.
	 * @return {@code config}, {@code connect}, {@code runtime}, or empty
	 */
	public String phase() {
		return text("phase");
	}

	public String text(String field) {
		return this.data.path(field).asString("");
	}

	public boolean has(String field) {
		return this.data.has(field);
	}

	public AddressPolicy policy() {
		JsonNode settings = this.data.path("settings");
		JsonNode privateNetwork = settings.path("allow_private_network");
		AddressPolicy policy = AddressPolicy
			.of(new ProviderConfig.Endpoint(null, null, null, settings.path("allow_insecure_http").asBoolean(false),
					privateNetwork.isBoolean() ? privateNetwork.asBoolean() : null));
		return settings.path("allow_loopback").asBoolean(true) ? policy : policy.withoutLoopback();
	}

	/**
	 * What names resolve to.
	 * @return addresses by name in lower case
	 */
	Map<String, List<String>> answers() {
		Map<String, List<String>> answers = new LinkedHashMap<>();
		this.data.path("resolve")
			.properties()
			.forEach((entry) -> answers.put(entry.getKey().toLowerCase(Locale.ROOT), strings(entry.getValue())));
		return answers;
	}

	/**
	 * What successive look-ups of the host answer.
	 * @return the answers in order, empty where the case has none
	 */
	List<List<String>> answerSequence() {
		List<List<String>> sequence = new ArrayList<>();
		this.data.path("resolve_sequence").forEach((answer) -> sequence.add(strings(answer)));
		return sequence;
	}

	Map<String, String> extraHeaders() {
		return texts("extra_headers");
	}

	/** Whether the case is about what surrounds the process. */
	boolean changesTheEnvironment() {
		return has("env") || has("system_properties");
	}

	/**
	 * A field that is an object of texts.
	 * @param field its name
	 * @return the texts by name, empty where the case has none
	 */
	Map<String, String> texts(String field) {
		Map<String, String> texts = new LinkedHashMap<>();
		this.data.path(field).properties().forEach((entry) -> texts.put(entry.getKey(), entry.getValue().asString()));
		return texts;
	}

	private static List<String> strings(JsonNode array) {
		List<String> strings = new ArrayList<>();
		array.forEach((element) -> strings.add(element.asString()));
		return strings;
	}

	@Override
	public String toString() {
		return id() + " " + text("verdict") + " " + phase() + ": " + text("why");
	}

}
