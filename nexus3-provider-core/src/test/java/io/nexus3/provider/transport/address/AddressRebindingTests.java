package io.nexus3.provider.transport.address;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.resolver.AddressResolver;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.nexus3.provider.config.AddressPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a name service that changes its mind cannot bring an unchecked address in.
 */
class AddressRebindingTests {

	private static final int TRIES = 10_000;

	private static final List<List<String>> ANSWERS = List.of(List.of("93.184.216.34"), List.of("169.254.169.254"),
			List.of("8.8.8.8", "2606:4700:4700::1111"), List.of("10.0.0.5"), List.of("64:ff9b::808:808"),
			List.of("64:ff9b::a9fe:a9fe"), List.of("1.1.1.1"), List.of("1.1.1.1", "127.0.0.1"), List.of("9.9.9.9"),
			List.of("fd00:ec2::254", "1.1.1.1"));

	private static final EventExecutor EXECUTOR = new DefaultEventExecutor();

	@AfterAll
	static void stop() {
		EXECUTOR.shutdownGracefully(0, 0, TimeUnit.SECONDS);
	}

	@Test
	void returnsNoUncheckedAddressInTenThousandTriesWithAlternatingAnswers() throws Exception {
		StubNames names = new StubNames((host, n) -> StubNames.addresses(ANSWERS.get(n % ANSWERS.size())));
		AddressResolver<InetSocketAddress> resolver = new PolicyAddressResolverGroup(new AddressPolicy(false, false),
				names)
			.getResolver(EXECUTOR);
		int refused = 0;
		List<InetSocketAddress> unchecked = new ArrayList<>();
		for (int i = 0; i < TRIES; i++) {
			InetSocketAddress asked = InetSocketAddress.createUnresolved("rebind.example", 443);
			boolean good = i % 2 == 0;
			List<InetAddress> answer = StubNames.addresses(ANSWERS.get(i % ANSWERS.size()));
			List<InetSocketAddress> dialled = new ArrayList<>();
			if (i % 3 == 0) {
				Future<InetSocketAddress> found = resolver.resolve(asked).await();
				refused += found.isSuccess() ? 0 : 1;
				if (found.isSuccess()) {
					dialled.add(found.getNow());
				}
			}
			else {
				Future<List<InetSocketAddress>> found = resolver.resolveAll(asked).await();
				refused += found.isSuccess() ? 0 : 1;
				if (found.isSuccess()) {
					dialled.addAll(found.getNow());
				}
			}
			for (InetSocketAddress address : dialled) {
				if (!good || address.isUnresolved() || !answer.contains(address.getAddress())) {
					unchecked.add(address);
				}
			}
		}
		assertThat(unchecked).isEmpty();
		assertThat(refused).isEqualTo(TRIES / 2);
		assertThat(names.lookUps()).as("no separate look-up for the check").isEqualTo(TRIES);
		System.out
			.println("rebinding: " + TRIES + " tries, " + refused + " refused, " + unchecked.size() + " unchecked");
	}

}
