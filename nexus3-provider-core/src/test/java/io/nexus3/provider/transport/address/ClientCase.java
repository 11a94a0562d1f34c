package io.nexus3.provider.transport.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

import io.nexus3.provider.AsyncProvider;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.config.BaseUrl;
import io.nexus3.provider.config.ModelConfig;
import io.nexus3.provider.config.PoolSettings;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.config.ProxySettings;
import io.nexus3.provider.config.RetrySettings;
import io.nexus3.provider.config.TlsSettings;
import io.nexus3.provider.guard.Canary;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.test.raw.RawServer;
import io.nexus3.provider.transport.HttpTransports;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Makes the calls of a case with the whole client, in a {@link LoopbackNetwork}.
 */
final class ClientCase {

	private static final Duration WATCHDOG = Duration.ofSeconds(30);

	private static final List<String> PUBLIC = List.of("93.184.216.34");

	private static final List<String> LOOPBACK = List.of("127.0.0.1", "::1");

	private final LoopbackNetwork network;

	private final SuiteCase suiteCase;

	ClientCase(LoopbackNetwork network, SuiteCase suiteCase) {
		this.network = network;
		this.suiteCase = suiteCase;
	}

	String key() {
		return this.suiteCase.has("api_key") ? this.suiteCase.text("api_key") : Canary.KEY;
	}

	/** The names of a case: what it says, else a public address. */
	StubNames names() {
		Map<String, List<String>> answers = this.suiteCase.answers();
		return new StubNames((host, n) -> named(host, answers.getOrDefault(host, PUBLIC)));
	}

	/** Names that change from look-up to look-up; the last answer stays. */
	StubNames changingNames() {
		List<List<String>> sequence = this.suiteCase.answerSequence();
		BiFunction<String, Integer, List<InetAddress>> answers = (host, n) -> named(host,
				sequence.get(Math.min(n, sequence.size() - 1)));
		return new StubNames(answers);
	}

	/** Addresses as name services give them, which know whom they belong to. */
	private static List<InetAddress> named(String host, List<String> addresses) {
		return StubNames.addresses(addresses).stream().map((address) -> {
			try {
				return InetAddress.getByAddress(host, address.getAddress());
			}
			catch (UnknownHostException ex) {
				throw new IllegalStateException(ex);
			}
		}).toList();
	}

	/**
	 * Call once.
	 * @param stream whether to ask for a stream
	 * @param names the name service
	 * @param retries how many retries are allowed
	 * @param proxy stands in for the configured proxy
	 * @return the error that the call ends with, or {@code null} after a success
	 * @throws IllegalArgumentException when the configuration is refused
	 */
	@Nullable ProviderException call(boolean stream, StubNames names, int retries, @Nullable RawServer proxy) {
		BaseUrl url = BaseUrl.parse(this.suiteCase.url());
		HttpTransports transports = this.network.transports(names,
				StubNames.addresses(this.suiteCase.answers().getOrDefault("localhost", LOOPBACK)),
				url.scheme().equals("https"), proxy != null);
		try (ProviderRegistry registry = ProviderRegistry
			.builder(ProvidersConfig.of(List.of(config(url, retries, proxy)),
					List.of(ModelConfig.of("alias", "case", "gpt")), null))
			.transports(transports)
			.build()) {
			AsyncProvider provider = registry.getForModel("alias");
			if (stream) {
				provider.stream("Hi").blockLast(WATCHDOG);
			}
			else {
				provider.complete("Hi").block(WATCHDOG);
			}
			return null;
		}
		catch (ProviderException ex) {
			return ex;
		}
	}

	private ProviderConfig config(BaseUrl url, int retries, @Nullable RawServer standIn) {
		JsonNode settings = this.suiteCase.data().path("settings");
		JsonNode privateNetwork = settings.path("allow_private_network");
		ProxySettings proxy = (standIn != null) ? new ProxySettings("127.0.0.1", standIn.port(), null, null) : null;
		return ProviderConfig.of("case", settings.path("type").asString("openai"))
			.withApiKey(key())
			.withEndpoint(new ProviderConfig.Endpoint(url, textOrNull("api_version"), textOrNull("deployment"),
					settings.path("allow_insecure_http").asBoolean(false),
					privateNetwork.isBoolean() ? privateNetwork.asBoolean() : null))
			.withOptions(RequestOptions.defaults().withExtraHeaders(this.suiteCase.extraHeaders()))
			.withRetry(new RetrySettings(retries, 1, Duration.ofMillis(1), Duration.ofSeconds(60), 500, true))
			.withConnections(new ProviderConfig.Connections(PoolSettings.defaults(),
					new TlsSettings(new TrustEverybody(), null, true), proxy));
	}

	private @Nullable String textOrNull(String field) {
		return this.suiteCase.has(field) ? this.suiteCase.text(field) : null;
	}

}
