package io.nexus3.provider.test.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.nexus3.provider.test.AnswerSource;
import io.nexus3.provider.test.format.ApiError;
import tools.jackson.databind.JsonNode;

/**
 * Recorded exchanges, read from a folder and played back by a simulated provider.
 * Immutable. <pre class="code">
 * provider.answerWith(RecordedExchanges.load(Path.of("src/test/resources/recorded")).matching());
 * </pre>
 *
 * @param all the exchanges by the names of their folders
 * @since 0.1.0
 */
public record RecordedExchanges(List<RecordedExchange> all) {

	/**
	 * Copies the list.
	 */
	public RecordedExchanges {
		all = List.copyOf(all);
	}

	/**
	 * Reads all exchanges of a folder.
	 * @param folder the folder with a folder for each exchange; those without a
	 * {@code meta.json} are none
	 * @return the exchanges in the order of their names
	 * @throws UncheckedIOException if one cannot be read
	 * @throws tools.jackson.core.JacksonException if one is not what it should be
	 */
	public static RecordedExchanges load(Path folder) {
		try (Stream<Path> folders = Files.list(folder)) {
			List<RecordedExchange> exchanges = new ArrayList<>();
			for (Path each : folders.filter((path) -> Files.exists(path.resolve("meta.json"))).sorted().toList()) {
				exchanges.add(RecordedExchange.read(each));
			}
			return new RecordedExchanges(exchanges);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The recorded exchanges cannot be read", ex);
		}
	}

	/**
	 * Returns one exchange.
	 * @param name the name of its folder
	 * @return the exchange
	 * @throws IllegalArgumentException if there is none of that name
	 */
	public RecordedExchange named(String name) {
		return this.all.stream()
			.filter((exchange) -> exchange.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no recorded exchange '" + name + "'"));
	}

	/**
	 * Plays the exchanges in order, whatever is asked. After the last one requests are
	 * refused with status 404.
	 * @return a source that begins anew
	 */
	public AnswerSource inOrder() {
		AtomicInteger next = new AtomicInteger();
		return (call, voice) -> {
			int index = next.getAndIncrement();
			return (index < this.all.size()) ? this.all.get(index).response() : voice
				.error(ApiError.of(404, "All " + this.all.size() + " recorded exchanges were played already"));
		};
	}

	/**
	 * Plays the exchange whose request has the same body, field by field in any order.
	 * Where several have it they are played in order, and the last one again and again.
	 * Other requests are refused with status 404.
	 * @return a source that begins anew
	 */
	public AnswerSource matching() {
		Map<JsonNode, List<RecordedExchange>> byBody = new HashMap<>();
		for (RecordedExchange exchange : this.all) {
			JsonNode body = exchange.request().path("body");
			if (body.isContainer()) {
				byBody.computeIfAbsent(body, (key) -> new ArrayList<>()).add(exchange);
			}
		}
		return (call, voice) -> {
			synchronized (byBody) {
				List<RecordedExchange> fitting = byBody.getOrDefault(call.body(), List.of());
				if (fitting.isEmpty()) {
					return voice.error(ApiError.of(404, "No recorded exchange has this request"));
				}
				return ((fitting.size() > 1) ? fitting.remove(0) : fitting.get(0)).response();
			}
		};
	}

}
