package io.nexus3.provider.transport.address;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.channel.local.LocalAddress;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.nexus3.provider.config.AddressPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.http.HttpResources;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PolicyAddressResolverGroup}.
 */
class AddressResolverTests {

	private static final AddressPolicy OPEN = new AddressPolicy(true, true);

	private static final EventExecutor EXECUTOR = new DefaultEventExecutor();

	private final StubNames names = new StubNames((host, n) -> switch (host) {
		case "mixed.example" -> StubNames.addresses(List.of("8.8.8.8", "169.254.169.254"));
		case "many.example" -> StubNames.addresses(List.of("8.8.8.8", "10.0.0.1", "2606:4700::1"));
		case "nothing.example" -> List.of();
		default -> throw new IllegalStateException("the name service is broken");
	});

	@AfterAll
	static void stop() {
		EXECUTOR.shutdownGracefully(0, 0, TimeUnit.SECONDS);
	}

	@Test
	void returnsAllAddressesInOrderWithThePortAskedFor() {
		Future<List<InetSocketAddress>> found = resolveAll(OPEN, "many.example");
		assertThat(found.getNow()).containsExactly(address("8.8.8.8"), address("10.0.0.1"), address("2606:4700::1"));
	}

	@Test
	void refusesAllAddressesForOneThatDoesNotPass() {
		Throwable cause = resolveAll(OPEN, "mixed.example").cause();
		assertThat(cause).isInstanceOfSatisfying(AddressRefusedException.class, (refused) -> {
			assertThat(refused.host()).isEqualTo("mixed.example");
			assertThat(refused.reason()).contains("security", "169.254.169.254", "every setting");
			assertThat(refused).hasMessage(refused.reason());
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "metadata.google.internal", "2130706433", "127.1", "169.254.169.254", "::ffff:8.8.8.8",
			"64:ff9b::808:808", "h.example.", "a b", "fe80::1%lo" })
	void asksNoNameServiceForHostsThatAreRefusedAnyway(String host) {
		assertThat(resolveAll(OPEN, host).cause()).isInstanceOf(AddressRefusedException.class);
		assertThat(this.names.lookUps()).isZero();
	}

	@Test
	void judgesAddressesThatCameResolved() throws UnknownHostException {
		AddressResolver<InetSocketAddress> resolver = resolver(new AddressPolicy(false, false));
		SocketAddress literal = new InetSocketAddress(InetAddress.getByName("10.0.0.5"), 443);
		SocketAddress named = new InetSocketAddress(InetAddress.getByAddress("llm.example", new byte[] { 10, 0, 0, 5 }),
				443);
		assertThat(resolver.resolveAll(literal).awaitUninterruptibly().cause())
			.isInstanceOf(AddressRefusedException.class);
		assertThat(resolver.resolve(named).awaitUninterruptibly().cause()).isInstanceOf(AddressRefusedException.class);
		assertThat(resolver(OPEN).resolve(named).awaitUninterruptibly().getNow()).isEqualTo(named);
	}

	@Test
	void answersLocalhostWithoutTheNameService() {
		Future<List<InetSocketAddress>> found = resolveAll(new AddressPolicy(false, false), "LocalHost");
		assertThat(found.getNow()).containsExactly(address("127.0.0.1"), address("::1"));
		assertThat(this.names.lookUps()).isZero();
	}

	@Test
	void refusesALocalhostThatTheHostsFilePutsElsewhere() {
		PolicyAddressResolverGroup group = new PolicyAddressResolverGroup(OPEN, () -> this.names,
				StubNames.addresses(List.of("127.0.0.1", "192.168.1.9")));
		Throwable cause = group.getResolver(EXECUTOR)
			.resolveAll(InetSocketAddress.createUnresolved("localhost", 443))
			.awaitUninterruptibly()
			.cause();
		assertThat(cause).isInstanceOf(AddressRefusedException.class).hasMessageContaining("192.168.1.9");
	}

	@Test
	void findsLocalhostOnThisMachine() {
		assertThat(LocalhostAddresses.ofThisMachine()).isNotEmpty().allMatch(InetAddress::isLoopbackAddress);
	}

	@Test
	void refusesAddressesThatAreNotOfTheInternet() {
		AddressResolver<InetSocketAddress> resolver = resolver(OPEN);
		for (SocketAddress address : List.of(new LocalAddress("x"), new DomainSocketAddress("/run/docker.sock"))) {
			assertThat(resolver.isSupported(address)).as("else it is dialled unseen").isTrue();
			assertThat(resolver.resolveAll(address).awaitUninterruptibly().cause())
				.isInstanceOf(AddressRefusedException.class);
		}
	}

	@Test
	void passesFailuresOfTheNameServiceOn() {
		assertThat(resolveAll(OPEN, "broken.example").cause()).hasMessage("the name service is broken");
		assertThat(resolveAll(OPEN, "nothing.example").cause()).isInstanceOf(UnknownHostException.class);
	}

	@Test
	void asksTheNonBlockingNameServiceOfReactorNettyByDefault() {
		assertThat(HttpResources.get().getOrCreateDefaultResolver()).isInstanceOf(DnsAddressResolverGroup.class);
		Future<List<InetSocketAddress>> found = new PolicyAddressResolverGroup(OPEN).getResolver(EXECUTOR)
			.resolveAll(InetSocketAddress.createUnresolved("localhost", 443))
			.awaitUninterruptibly();
		assertThat(found.getNow()).isNotEmpty();
	}

	@Test
	void closesWithoutClosingTheOtherResolver() {
		PolicyAddressResolverGroup group = new PolicyAddressResolverGroup(OPEN, this.names);
		group.getResolver(EXECUTOR);
		group.close();
		assertThat(resolveAll(OPEN, "many.example").isSuccess()).isTrue();
	}

	private Future<List<InetSocketAddress>> resolveAll(AddressPolicy policy, String host) {
		return resolver(policy).resolveAll(InetSocketAddress.createUnresolved(host, 443)).awaitUninterruptibly();
	}

	private AddressResolver<InetSocketAddress> resolver(AddressPolicy policy) {
		return new PolicyAddressResolverGroup(policy, () -> this.names,
				StubNames.addresses(List.of("127.0.0.1", "::1")))
			.getResolver(EXECUTOR);
	}

	private static InetSocketAddress address(String literal) {
		return new InetSocketAddress(StubNames.address(literal), 443);
	}

}
