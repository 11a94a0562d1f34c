package io.nexus3.provider.transport.address;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.resolver.InetSocketAddressResolver;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.config.ModelConfig;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProvidersConfig;
import io.nexus3.provider.guard.Canary;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.test.http.ScriptedResponse;
import org.junit.jupiter.api.Test;
import reactor.netty.http.HttpResources;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a slow name service holds up nobody but those who wait for its answer. The
 * blocking of look-ups by the JDK is not seen by BlockHound.
 */
class SlowNameTests {

	private static final Duration WATCHDOG = Duration.ofSeconds(30);

	/** More than there are event loops, so that each has one. */
	private static final int WAITING = 4 * Runtime.getRuntime().availableProcessors() + 4;

	@Test
	void otherStreamsGoOnWhileANameIsLookedUp() throws Exception {
		SlowNames names = new SlowNames();
		try (LoopbackNetwork network = new LoopbackNetwork(); ProviderRegistry registry = registry(network, names)) {
			network.reset((request) -> ScriptedResponse.json(200, RuntimeCases.OPENAI));
			List<CompletableFuture<List<StreamEvent>>> waiting = new ArrayList<>();
			for (int i = 0; i < WAITING; i++) {
				waiting.add(registry.get("slow", "gpt").stream("Hi").collectList().toFuture());
			}
			assertThat(names.asked.await(WATCHDOG.toSeconds(), TimeUnit.SECONDS)).as("all look-ups wait").isTrue();
			for (int i = 0; i < 50; i++) {
				assertThat(registry.get("fast", "gpt").stream("Hi").blockLast(WATCHDOG)).isNotNull();
			}
			assertThat(waiting).noneMatch(CompletableFuture::isDone);
			names.answer.countDown();
			for (CompletableFuture<List<StreamEvent>> call : waiting) {
				assertThat(call.get(WATCHDOG.toSeconds(), TimeUnit.SECONDS)).isNotEmpty();
			}
		}
	}

	@Test
	void namesAreLookedUpWithoutTheJdk() {
		assertThat(HttpResources.get().getOrCreateDefaultResolver()).isInstanceOf(DnsAddressResolverGroup.class);
	}

	private static ProviderRegistry registry(LoopbackNetwork network, SlowNames names) {
		return ProviderRegistry
			.builder(ProvidersConfig.of(List.of(provider("slow"), provider("fast")), List.<ModelConfig>of(), null))
			.transports(network.transports(names, StubNames.addresses(List.of("127.0.0.1")), false, false))
			.build();
	}

	private static ProviderConfig provider(String name) {
		ProviderConfig config = ProviderConfig.of(name, "openai")
			.withBaseUrl("http://" + name + ".example/v1")
			.withApiKey(Canary.KEY);
		return config.withEndpoint(new ProviderConfig.Endpoint(config.endpoint().baseUrl(), null, null, true, null));
	}

	/**
	 * Answers for one host at once, and for all others when it is told to; each look-up
	 * waits on a thread of its own.
	 */
	private static final class SlowNames extends AddressResolverGroup<InetSocketAddress> {

		private final CountDownLatch asked = new CountDownLatch(WAITING);

		private final CountDownLatch answer = new CountDownLatch(1);

		@Override
		protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
			return new InetSocketAddressResolver(executor, new InetNameResolver(executor) {

				@Override
				protected void doResolve(String host, Promise<InetAddress> promise) {
					throw new UnsupportedOperationException("All addresses are asked for");
				}

				@Override
				protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
					List<InetAddress> found = StubNames.addresses(List.of("93.184.216.34"));
					if (host.startsWith("fast")) {
						promise.setSuccess(found);
						return;
					}
					Thread thread = new Thread(() -> {
						SlowNames.this.asked.countDown();
						awaitAnswer();
						promise.setSuccess(found);
					}, "slow-names");
					thread.setDaemon(true);
					thread.start();
				}

			});
		}

		private void awaitAnswer() {
			try {
				this.answer.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
