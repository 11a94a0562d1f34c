package io.nexus3.provider.transport.address;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.netty.resolver.AddressResolver;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import io.nexus3.provider.config.AddressPolicy;
import io.nexus3.provider.config.ApiKey;
import io.nexus3.provider.config.BaseUrl;
import io.nexus3.provider.config.ExtraHeaders;
import io.nexus3.provider.config.UrlSegment;
import io.nexus3.provider.test.http.ScriptedResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import reactor.netty.transport.AddressUtils;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the endpoint policy suite: configuration as the library reads it, and connections
 * up to the address that would be dialled, with the whole client. Nothing but loopback is
 * contacted.
 */
class EndpointPolicySuiteTests {

	private static final List<String> PUBLIC = List.of("93.184.216.34");

	private static final List<String> LOOPBACK = List.of("127.0.0.1", "::1");

	private static final EventExecutor EXECUTOR = new DefaultEventExecutor();

	private static final AtomicInteger CASES = new AtomicInteger();

	private static final AtomicInteger PASSED = new AtomicInteger();

	private static final LoopbackNetwork NETWORK = new LoopbackNetwork();

	@TestFactory
	Stream<DynamicTest> decidesAsTheSuiteSays() {
		JsonNode cases = SuiteFiles.cases();
		CASES.set(cases.size());
		return cases.valueStream()
			.map(SuiteCase::new)
			.map((suiteCase) -> DynamicTest.dynamicTest(suiteCase.toString(), () -> count(suiteCase)));
	}

	@AfterAll
	static void sumUp() {
		EXECUTOR.shutdownGracefully(0, 0, TimeUnit.SECONDS);
		NETWORK.close();
		if (CASES.get() > 0) {
			System.out.println(
					"ssrf suite: " + CASES + " cases, " + PASSED + " pass, " + (CASES.get() - PASSED.get()) + " fail");
		}
	}

	private static void count(SuiteCase suiteCase) throws Exception {
		run(suiteCase);
		PASSED.incrementAndGet();
	}

	private static void run(SuiteCase suiteCase) throws Exception {
		switch (suiteCase.phase()) {
			case "runtime" -> runAtRuntime(suiteCase);
			case "connect" -> {
				assertThat(configure(suiteCase)).as("refusal at configuration").isNull();
				Throwable refusal = dial(suiteCase).refusal();
				// A name without addresses is unknown rather than refused.
				if (!suiteCase.answers().containsValue(List.of())) {
					assertThat(refusal).isInstanceOf(AddressRefusedException.class).hasMessageContaining("security");
				}
				assertThat(refusal).as("refusal before connecting").isNotNull();
				call(suiteCase);
			}
			default -> {
				assertThat(suiteCase.phase()).isIn("config", "");
				if (suiteCase.denied()) {
					assertRefusedOrTrimmed(suiteCase, configure(suiteCase));
				}
				else {
					assertAllowed(suiteCase);
				}
			}
		}
	}

	private static void runAtRuntime(SuiteCase suiteCase) throws Exception {
		if (suiteCase.has("resolve_sequence")) {
			assertThat(configure(suiteCase)).isNull();
			runRebinding(suiteCase);
		}
		if (suiteCase.changesTheEnvironment()) {
			EnvironmentCase.run(suiteCase);
		}
		else {
			new RuntimeCases(NETWORK).run(suiteCase);
		}
	}

	private static void runRebinding(SuiteCase suiteCase) throws Exception {
		List<List<String>> sequence = suiteCase.answerSequence();
		StubNames names = new StubNames(
				(host, n) -> StubNames.addresses(sequence.get(Math.min(n, sequence.size() - 1))));
		PolicyAddressResolverGroup group = group(suiteCase, names);
		RangeOracle oracle = new RangeOracle(SuiteFiles.ranges());
		int refused = 0;
		for (List<String> answer : sequence) {
			Dialled dialled = dial(group, suiteCase);
			refused += (dialled.refusal() != null) ? 1 : 0;
			assertThat(StubNames.addresses(answer)).containsAll(dialled.addresses());
			assertThat(dialled.addresses()).allMatch(
					(address) -> oracle.allowsResolved(address.getAddress(), suiteCase.policy().allowPrivateNetwork()));
		}
		assertThat(refused > 0).as("a look-up is refused").isEqualTo(suiteCase.denied());
		assertThat(names.lookUps()).as("one look-up for each connection").isEqualTo(sequence.size());
	}

	private static void assertAllowed(SuiteCase suiteCase) throws Exception {
		assertThat(configure(suiteCase)).as("refusal at configuration").isNull();
		Dialled dialled = dial(suiteCase);
		assertThat(dialled.refusal()).as("refusal before connecting").isNull();
		assertThat(dialled.addresses()).isNotEmpty();
		List<String> answer = suiteCase.answers().get(BaseUrl.parse(suiteCase.url()).host());
		if (answer != null) {
			assertThat(dialled.addresses()).isEqualTo(StubNames.addresses(answer));
		}
		call(suiteCase);
		assertThat(NETWORK.dialledAddresses()).as("dialled by the client").isEqualTo(dialled.addresses());
	}

	/** The same with a whole client and a real request. */
	private static void call(SuiteCase suiteCase) {
		NETWORK.reset((request) -> ScriptedResponse.json(200, RuntimeCases.OPENAI));
		new RuntimeCases(NETWORK).runDirect(suiteCase, false);
	}

	/**
	 * The suite leaves it open whether blanks around a key are refused or trimmed.
	 */
	private static void assertRefusedOrTrimmed(SuiteCase suiteCase, @Nullable Throwable refusal) {
		String key = suiteCase.text("api_key");
		if (refusal == null && !key.equals(key.strip())) {
			assertThat(ApiKey.of(key).reveal()).isEqualTo(key.strip()).matches("[!-~]+");
			return;
		}
		assertThat(refusal).isInstanceOf(IllegalArgumentException.class);
		String message = String.valueOf(refusal.getMessage());
		if (!key.isBlank()) {
			assertThat(message).doesNotContain(key.strip());
		}
		for (String value : suiteCase.extraHeaders().values()) {
			assertThat(value.length() < 3 || !message.contains(value)).as("the header's value is not told").isTrue();
		}
	}

	private static @Nullable Throwable configure(SuiteCase suiteCase) {
		try {
			suiteCase.policy().check(BaseUrl.parse(suiteCase.url()));
			for (Map.Entry<String, String> segment : Map.of("deployment", "deployment", "api_version", "api-version")
				.entrySet()) {
				if (suiteCase.has(segment.getKey())) {
					UrlSegment.of(segment.getValue(), suiteCase.text(segment.getKey()));
				}
			}
			new ExtraHeaders(suiteCase.extraHeaders());
			if (suiteCase.has("api_key")) {
				ApiKey.of(suiteCase.text("api_key"));
			}
			return null;
		}
		catch (IllegalArgumentException ex) {
			return ex;
		}
	}

	private static Dialled dial(SuiteCase suiteCase) throws Exception {
		Map<String, List<String>> answers = suiteCase.answers();
		return dial(
				group(suiteCase, new StubNames((host, n) -> StubNames.addresses(answers.getOrDefault(host, PUBLIC)))),
				suiteCase);
	}

	private static PolicyAddressResolverGroup group(SuiteCase suiteCase, StubNames names) {
		AddressPolicy policy = suiteCase.policy();
		return new PolicyAddressResolverGroup(policy, () -> names,
				StubNames.addresses(suiteCase.answers().getOrDefault("localhost", LOOPBACK)));
	}

	/**
	 * Does what Reactor Netty's connector does up to the connection.
	 */
	private static Dialled dial(PolicyAddressResolverGroup group, SuiteCase suiteCase) throws Exception {
		BaseUrl url = BaseUrl.parse(suiteCase.url());
		String host = url.host().startsWith("[") ? url.host().substring(1, url.host().length() - 1) : url.host();
		SocketAddress remote = AddressUtils.createUnresolved(host, (url.port() != -1) ? url.port() : 443);
		AddressResolver<InetSocketAddress> resolver = group.getResolver(EXECUTOR);
		if (!resolver.isSupported(remote) || resolver.isResolved(remote)) {
			return new Dialled(List.of(((InetSocketAddress) remote).getAddress()), null);
		}
		try {
			List<InetSocketAddress> found = resolver.resolveAll(remote).get(5, TimeUnit.SECONDS);
			assertThat(found).noneMatch(InetSocketAddress::isUnresolved);
			return new Dialled(found.stream().map(InetSocketAddress::getAddress).toList(), null);
		}
		catch (ExecutionException ex) {
			return new Dialled(List.of(), ex.getCause());
		}
	}

	/**
	 * What a connection would do.
	 *
	 * @param addresses what would be dialled
	 * @param refusal why nothing is, or {@code null}
	 */
	private record Dialled(List<InetAddress> addresses, @Nullable Throwable refusal) {
	}

}
