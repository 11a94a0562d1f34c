package io.nexus3.provider.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.nexus3.provider.AsyncProvider;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.config.RetrySettings;
import io.nexus3.provider.guard.Canary;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.Framing;
import io.nexus3.provider.test.http.Gate;
import io.nexus3.provider.test.http.ReceivedRequest;
import io.nexus3.provider.test.http.ResponseHead;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.http.ScriptedServer;
import reactor.core.publisher.Flux;

/**
 * Serves recorded exchanges over real HTTP in several ways and reads them through the
 * public API.
 */
final class CorpusPlayer implements AutoCloseable {

	private static final Duration WATCHDOG = Duration.ofSeconds(30);

	private static final int LARGEST_BY_BYTES = 20_000;

	private static final String HOW = "x-how";

	private final Map<String, WireCase> cases = new LinkedHashMap<>();

	private final ScriptedServer server;

	private final ProviderRegistry registry;

	private volatile Gate gate = new Gate();

	CorpusPlayer(List<WireCase> wireCases) {
		wireCases.forEach((wireCase) -> this.cases.put(wireCase.name(), wireCase));
		this.server = ScriptedServer.start(this::answer);
		List<ProviderConfig> providers = wireCases.stream().map(this::provider).toList();
		this.registry = ProviderRegistry.builder(ProvidersConfig.of(providers, List.of(), null)).build();
	}

	private ProviderConfig provider(WireCase wireCase) {
		return ProviderConfig.of(wireCase.name(), wireCase.type())
			.withBaseUrl("http://127.0.0.1:" + this.server.port() + "/" + wireCase.name() + "/v1")
			.withApiKey(Canary.KEY)
			.withRetry(RetrySettings.defaults().withMaxRetries(0));
	}

	/** All the readings of an exchange. */
	List<Reading> readings(WireCase wireCase) {
		List<Reading> readings = new ArrayList<>();
		if (wireCase.isStream()) {
			readings.add(stream(wireCase, "recorded"));
			readings.add(stream(wireCase, "random"));
			if (wireCase.body().length <= LARGEST_BY_BYTES) {
				readings.add(stream(wireCase, "bytes"));
			}
			if (wireCase.isComplete()) {
				readings.add(complete(wireCase, "recorded"));
			}
		}
		else {
			readings.add(complete(wireCase, "recorded"));
			readings.add(stream(wireCase, "recorded"));
		}
		return readings;
	}

	/**
	 * Serve the first part of a stream, and the rest only when an event has come of it.
	 * @return whether an event came before the rest was written
	 */
	boolean deliversBeforeTheEnd(WireCase wireCase) {
		this.gate = new Gate();
		Gate gate = this.gate;
		StreamEvent first = stream(provider(wireCase, "gated")).doOnNext((event) -> gate.open()).blockFirst(WATCHDOG);
		return first != null;
	}

	/** One reading of the whole answer, as it was recorded. */
	Reading complete(WireCase wireCase) {
		return complete(wireCase, "recorded");
	}

	/** One reading of the events, as they were recorded. */
	Reading stream(WireCase wireCase) {
		return stream(wireCase, "recorded");
	}

	private Reading complete(WireCase wireCase, String how) {
		return complete("complete(), " + how, provider(wireCase, how), request(how));
	}

	private Reading stream(WireCase wireCase, String how) {
		return stream("stream(), " + how, provider(wireCase, how), request(how));
	}

	static Reading complete(String label, AsyncProvider provider, CompletionRequest request) {
		try {
			return Reading.ofMessage(label, provider.complete(request).block(WATCHDOG));
		}
		catch (RuntimeException ex) {
			return Reading.ofError(label, List.of(), ex);
		}
	}

	static Reading stream(String label, AsyncProvider provider, CompletionRequest request) {
		List<StreamEvent> events = new ArrayList<>();
		try {
			provider.stream(request).doOnNext(events::add).blockLast(WATCHDOG);
			return Reading.ofEvents(label, events);
		}
		catch (RuntimeException ex) {
			return Reading.ofError(label, events, ex);
		}
	}

	private Flux<StreamEvent> stream(AsyncProvider provider) {
		return provider.stream(request("gated"));
	}

	private AsyncProvider provider(WireCase wireCase, String how) {
		return this.registry.get(wireCase.name(), "model");
	}

	private static CompletionRequest request(String how) {
		return CompletionRequest.of("Hello").withOptions(RequestOptions.defaults().withExtraHeaders(Map.of(HOW, how)));
	}

	private ScriptedResponse answer(ReceivedRequest request) {
		WireCase wireCase = this.cases.get(request.path().split("/")[1]);
		List<Map.Entry<String, String>> headers = wireCase.contentType().isEmpty() ? List.of()
				: List.of(Map.entry("content-type", wireCase.contentType()));
		ScriptedResponse head = new ScriptedResponse(List.of(),
				new ResponseHead(wireCase.status(), headers, Framing.CHUNKED), List.of(), Ending.CLEAN);
		String how = request.header(HOW);
		if (how != null && how.equals("gated")) {
			return gated(head, wireCase);
		}
		ScriptedResponse whole = head.thenWrite(wireCase.body());
		return switch ((how != null) ? how : "recorded") {
			case "bytes" -> whole.oneBytePerWrite();
			case "random" -> whole.splitRandomly(new Random(wireCase.name().hashCode()), 700);
			default -> whole;
		};
	}

	private ScriptedResponse gated(ScriptedResponse head, WireCase wireCase) {
		byte[] body = wireCase.body();
		int cut = DirectDecoding.endOfFirstModelEvent(wireCase);
		return head.thenWrite(Arrays.copyOf(body, cut))
			.thenAwait(this.gate)
			.thenWrite(Arrays.copyOfRange(body, cut, body.length));
	}

	@Override
	public void close() {
		this.registry.close();
		this.server.close();
	}

}
