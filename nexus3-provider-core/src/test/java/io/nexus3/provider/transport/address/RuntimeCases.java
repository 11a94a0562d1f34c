package io.nexus3.provider.transport.address;

import java.util.List;
import java.util.Locale;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.config.BaseUrl;
import io.nexus3.provider.config.InvalidConfigurationException;
import io.nexus3.provider.config.ProxySettings;
import io.nexus3.provider.test.http.ReceivedRequest;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.raw.RawScript;
import io.nexus3.provider.test.raw.RawServer;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the cases that need a whole client: redirects, proxies, names that change.
 */
final class RuntimeCases {

	static final String OPENAI = """
			{"id":"c","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"ok"},"finish_reason":"stop"}]}""";

	private static final String ANTHROPIC = """
			{"id":"c","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"ok"}],\
			"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":1}}""";

	private final LoopbackNetwork network;

	RuntimeCases(LoopbackNetwork network) {
		this.network = network;
	}

	/** Run a case in this process; its environment is somebody else's matter. */
	void run(SuiteCase suiteCase) {
		for (boolean stream : List.of(false, true)) {
			this.network.reset((request) -> answer(suiteCase, request));
			if (suiteCase.has("resolve_sequence")) {
				runChangingNames(suiteCase, stream);
			}
			else if (suiteCase.has("proxy")) {
				runProxied(suiteCase, stream);
			}
			else if (suiteCase.has("response")) {
				runAnswered(suiteCase, stream);
			}
			else {
				runDirect(suiteCase, stream);
			}
		}
	}

	/** A call that succeeds over one connection of its own, or is refused. */
	void runDirect(SuiteCase suiteCase, boolean stream) {
		ClientCase client = new ClientCase(this.network, suiteCase);
		ProviderException error = client.call(stream, client.names(), 1, null);
		if (suiteCase.denied() && !suiteCase.changesTheEnvironment()) {
			assertRefused(error, suiteCase.answers().containsValue(List.of()));
		}
		else {
			assertThat(error).as("the error").isNull();
			assertSentOnce(client);
		}
	}

	private void runAnswered(SuiteCase suiteCase, boolean stream) {
		ClientCase client = new ClientCase(this.network, suiteCase);
		int status = suiteCase.data().path("response").path("status").asInt();
		ProviderException error = client.call(stream, client.names(), 2, null);
		if (suiteCase.denied()) {
			assertThat(error).as("a typed error").isNotNull();
			assertThat(error.status()).isEqualTo(status);
			if (status >= 300 && status < 400) {
				assertThat(error.kind()).isEqualTo(ErrorKind.REDIRECT);
			}
			assertThat(error.toString()).doesNotContain(client.key());
		}
		else {
			assertThat(error).as("the error").isNull();
		}
		assertSentOnce(client);
	}

	private void runProxied(SuiteCase suiteCase, boolean stream) {
		ClientCase client = new ClientCase(this.network, suiteCase);
		boolean overTls = suiteCase.url().toLowerCase(Locale.ROOT).startsWith("https");
		try (RawServer proxy = RawServer.start(RawScript.start().tunnelTo(this.network.port(overTls)))) {
			ProviderException error = null;
			try {
				error = client.call(stream, client.names(), 1, proxy);
			}
			catch (InvalidConfigurationException ex) {
				assertThat(suiteCase.denied()).as("refused as configured: %s", ex.getMessage()).isTrue();
				assertThat(proxy.connections()).as("connections to the proxy").isEmpty();
				return;
			}
			if (suiteCase.denied()) {
				assertRefused(error, false);
				assertThat(proxy.connections()).as("connections to the proxy").isEmpty();
				return;
			}
			assertThat(error).as("the error").isNull();
			ProxySettings configured = LoopbackNetwork.proxySettings(suiteCase.text("proxy"));
			assertThat(configured.port()).isPositive();
			String host = authority(suiteCase);
			assertThat(proxy.requests()).singleElement()
				.satisfies((request) -> assertThat(request.head()).startsWith("CONNECT " + host + " ")
					.doesNotContain(client.key())
					.doesNotContainIgnoringCase("authorization"));
			assertThat(this.network.requests()).singleElement()
				.satisfies((request) -> assertThat(request.headers().toString()).contains(client.key()));
		}
	}

	private static String authority(SuiteCase suiteCase) {
		BaseUrl url = BaseUrl.parse(suiteCase.url());
		int port = (url.port() != -1) ? url.port() : (url.scheme().equals("https") ? 443 : 80);
		return url.host() + ":" + port;
	}

	/** Each attempt fails and is retried, and each retry looks the name up again. */
	private void runChangingNames(SuiteCase suiteCase, boolean stream) {
		ClientCase client = new ClientCase(this.network, suiteCase);
		List<List<String>> sequence = suiteCase.answerSequence();
		this.network.reset((request) -> ScriptedResponse.status(503).withHeader("Connection", "close"));
		StubNames names = client.changingNames();
		ProviderException error = client.call(stream, names, sequence.size() - 1, null);
		assertThat(error).as("the error").isNotNull();
		RangeOracle oracle = new RangeOracle(SuiteFiles.ranges());
		boolean privateNetwork = suiteCase.policy().allowPrivateNetwork();
		assertThat(this.network.dialledAddresses())
			.allMatch((address) -> oracle.allowsResolved(address.getAddress(), privateNetwork));
		assertThat(this.network.connections()).isLessThanOrEqualTo(this.network.dialled().size());
		if (suiteCase.denied()) {
			assertRefusal(error);
			assertThat(this.network.requests()).hasSize(names.lookUps() - 1);
		}
		else {
			assertThat(error.status()).isEqualTo(503);
			assertThat(this.network.requests()).hasSize(sequence.size());
		}
	}

	/** Nothing was dialled, and the error says why. */
	private void assertRefused(ProviderException error, boolean unknownName) {
		assertThat(error).as("a typed error").isNotNull();
		if (!unknownName) {
			assertRefusal(error);
		}
		assertThat(this.network.dialled()).as("dialled").isEmpty();
		assertThat(this.network.connections()).as("connections").isZero();
	}

	private static void assertRefusal(ProviderException error) {
		assertThat(error.kind()).isEqualTo(ErrorKind.ADDRESS_REFUSED);
		assertThat(error).hasMessageContaining("security");
	}

	private void assertSentOnce(ClientCase client) {
		assertThat(this.network.requests()).as("requests").hasSize(1);
		assertThat(this.network.connections()).as("connections").isEqualTo(1);
		ReceivedRequest request = this.network.requests().get(0);
		assertThat(request.headers().toString()).as("the key reached the server").contains(client.key());
	}

	private static ScriptedResponse answer(SuiteCase suiteCase, ReceivedRequest request) {
		JsonNode scripted = suiteCase.data().path("response");
		if (scripted.isMissingNode()) {
			return ScriptedResponse.json(200, request.path().endsWith("/messages") ? ANTHROPIC : OPENAI);
		}
		ScriptedResponse response = ScriptedResponse.status(scripted.path("status").asInt());
		if (scripted.has("location")) {
			response = response.withHeader("Location", scripted.path("location").asString());
		}
		for (var header : scripted.path("headers").properties()) {
			response = response.withHeader(header.getKey(), header.getValue().asString());
		}
		return scripted.has("body") ? response.thenWrite(scripted.path("body").asString()) : response;
	}

}
