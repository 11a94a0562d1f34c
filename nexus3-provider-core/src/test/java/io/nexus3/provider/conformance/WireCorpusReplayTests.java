package io.nexus3.provider.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.nexus3.provider.AsyncProvider;
import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.config.RetrySettings;
import io.nexus3.provider.guard.Canary;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.test.Dialect;
import io.nexus3.provider.test.SimulatedProvider;
import io.nexus3.provider.test.recording.RecordedExchange;
import io.nexus3.provider.test.recording.RecordedExchanges;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every recorded exchange, played back by a simulated provider as an application's tests
 * do it, gives what it gives in {@link WireCorpusTests}: the same events, and the same
 * message or the same error.
 */
class WireCorpusReplayTests {

	private final Map<Dialect, SimulatedProvider> providers = new EnumMap<>(Dialect.class);

	@AfterEach
	void stop() {
		this.providers.values().forEach(SimulatedProvider::close);
	}

	@Test
	void everyExchangeGivesTheSameWhenItIsPlayedBack() {
		Path folder = WireCase.folder();
		List<WireCase> cases = WireCase.readAll(folder);
		RecordedExchanges recorded = RecordedExchanges.load(folder);
		assertThat(recorded.all()).extracting(RecordedExchange::name)
			.containsExactlyElementsOf(cases.stream().map(WireCase::name).toList());
		Map<String, List<String>> differing = new LinkedHashMap<>();
		List<ProviderConfig> configs = cases.stream().map(this::config).toList();
		try (CorpusPlayer player = new CorpusPlayer(cases);
				ProviderRegistry registry = ProviderRegistry.builder(ProvidersConfig.of(configs, List.of(), null))
					.build()) {
			for (WireCase wireCase : cases) {
				List<String> differences = differences(player, registry.get(wireCase.name(), "model"), wireCase,
						recorded.named(wireCase.name()));
				if (!differences.isEmpty()) {
					differing.put(wireCase.name(), differences);
				}
			}
		}
		differing
			.forEach((name, differences) -> System.out.println(name + "\n    " + String.join("\n    ", differences)));
		System.out.printf("wire replay: %d cases, %d same, %d differ%n", cases.size(), cases.size() - differing.size(),
				differing.size());
		assertThat(differing.keySet()).isEmpty();
	}

	private List<String> differences(CorpusPlayer player, AsyncProvider provider, WireCase wireCase,
			RecordedExchange exchange) {
		List<String> differences = new ArrayList<>();
		SimulatedProvider server = server(wireCase);
		server.clearScript();
		server.answerWith(new RecordedExchanges(List.of(exchange, exchange)).inOrder());
		CompletionRequest request = CompletionRequest.of("Hello");
		differences.addAll(ReadingDifferences.between(player.complete(wireCase),
				CorpusPlayer.complete("complete(), played back", provider, request), wireCase.body()));
		differences.addAll(ReadingDifferences.between(player.stream(wireCase),
				CorpusPlayer.stream("stream(), played back", provider, request), wireCase.body()));
		return differences;
	}

	private SimulatedProvider server(WireCase wireCase) {
		Dialect dialect = wireCase.type().equals("openai-compatible") ? Dialect.OPENAI
				: Dialect.valueOf(wireCase.type().toUpperCase(Locale.ROOT));
		return this.providers.computeIfAbsent(dialect, SimulatedProvider::start);
	}

	private ProviderConfig config(WireCase wireCase) {
		return ProviderConfig.of(wireCase.name(), wireCase.type())
			.withBaseUrl(server(wireCase).baseUrl())
			.withApiKey(Canary.KEY)
			.withRetry(RetrySettings.defaults().withMaxRetries(0));
	}

}
