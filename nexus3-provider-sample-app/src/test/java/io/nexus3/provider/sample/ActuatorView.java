package io.nexus3.provider.sample;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * What Actuator tells of the running application, over HTTP as an operator's tools ask.
 */
final class ActuatorView {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final WebClient client;

	ActuatorView(int port) {
		this.client = WebClient.builder()
			.baseUrl("http://localhost:" + port + "/actuator")
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(-1))
			.build();
	}

	/** The answer to a request, whatever its status. */
	ResponseEntity<String> send(HttpMethod method, String path) {
		return Objects.requireNonNull(this.client.method(method)
			.uri(path)
			.exchangeToMono((response) -> response.toEntity(String.class))
			.block(LIMIT));
	}

	String text(String path) {
		return Objects.requireNonNull(send(HttpMethod.GET, path).getBody(), path);
	}

	JsonNode json(String path) {
		return JsonMapper.shared().readTree(text(path));
	}

	/**
	 * How often a meter was recorded.
	 * @param meter its name
	 * @param tags such as {@code error.type:overloaded}, all of which it must have
	 * @return the count, 0 when there is no such meter
	 */
	double count(String meter, String... tags) {
		return statistic("COUNT", meter, tags);
	}

	/** All that a meter recorded, added up. */
	double total(String meter, String... tags) {
		return statistic("TOTAL", meter, tags);
	}

	private double statistic(String name, String meter, String... tags) {
		ResponseEntity<String> response = send(HttpMethod.GET,
				"/metrics/" + meter + ((tags.length > 0) ? "?tag=" + String.join("&tag=", tags) : ""));
		if (response.getStatusCode().value() == 404) {
			return 0;
		}
		return JsonMapper.shared()
			.readTree(response.getBody())
			.path("measurements")
			.valueStream()
			.filter((measurement) -> measurement.path("statistic").asString().equals(name))
			.mapToDouble((measurement) -> measurement.path("value").asDouble())
			.sum();
	}

	/**
	 * The value of a sample in what Prometheus reads, added up over its other labels.
	 * @param name its name
	 * @param labels such as {@code reason="overloaded"}, all of which it must have
	 * @return the value
	 * @throws AssertionError when there is no such sample
	 */
	double prometheus(String name, String... labels) {
		List<String> lines = text("/prometheus").lines()
			.filter((line) -> line.startsWith(name + "{"))
			.filter((line) -> Arrays.stream(labels).allMatch(line::contains))
			.toList();
		if (lines.isEmpty()) {
			throw new AssertionError("No sample " + name + " with " + List.of(labels));
		}
		return lines.stream()
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
			.sum();
	}

}
