package io.nexus3.provider.transport.address;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.nexus3.provider.config.AddressPolicy;
import reactor.netty.http.HttpResources;

/**
 * Resolves hosts for connections and judges every address found, the literal ones too. A
 * look-up fails with an {@link AddressRefusedException} unless all its addresses pass; it
 * yields the very addresses that were judged, so that no second look-up can put another
 * one in their place. {@code localhost} is answered by this machine alone: as its hosts
 * file says, else with {@code 127.0.0.1} and {@code ::1}.
 * <p>
 * Set it as the resolver of a Reactor Netty client, after everything else that may set
 * one. What a selector of resolved addresses puts in their place is not judged, nor is
 * the address of a proxy; a proxied target is looked up and judged here first.
 *
 * @since 0.1.0
 */
public final class PolicyAddressResolverGroup extends AddressResolverGroup<InetSocketAddress> {

	private final AddressPolicy policy;

	private final Supplier<AddressResolverGroup<InetSocketAddress>> names;

	private final List<InetAddress> localhost;

	/**
	 * A resolver that asks the name service as Reactor Netty does by default, without
	 * blocking. Reads the hosts file, so create it outside event loops.
	 * @param policy which addresses are allowed
	 */
	public PolicyAddressResolverGroup(AddressPolicy policy) {
		this(policy, PolicyAddressResolverGroup::reactorNettyNames, LocalhostAddresses.ofThisMachine());
	}

	/**
	 * A resolver that asks another one. Reads the hosts file, so create it outside event
	 * loops.
	 * @param policy which addresses are allowed
	 * @param names answers for names other than {@code localhost}; it stays the caller's
	 * to close
	 */
	public PolicyAddressResolverGroup(AddressPolicy policy, AddressResolverGroup<InetSocketAddress> names) {
		this(policy, () -> names, LocalhostAddresses.ofThisMachine());
	}

	/**
	 * A resolver with its sources.
	 * @param policy which addresses are allowed
	 * @param names answers for names, asked anew for each look-up
	 * @param localhost what {@code localhost} is
	 */
	PolicyAddressResolverGroup(AddressPolicy policy, Supplier<AddressResolverGroup<InetSocketAddress>> names,
			List<InetAddress> localhost) {
		this.policy = policy;
		this.names = names;
		this.localhost = List.copyOf(localhost);
	}

	@Override
	protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
		return new PolicyAddressResolver(this.policy, this.localhost, executor,
				() -> this.names.get().getResolver(executor));
	}

	/**
	 * The resolver of Reactor Netty's shared resources. They may be disposed of and made
	 * anew while this group lives, so it is not kept.
	 */
	@SuppressWarnings("unchecked")
	private static AddressResolverGroup<InetSocketAddress> reactorNettyNames() {
		return (AddressResolverGroup<InetSocketAddress>) HttpResources.get().getOrCreateDefaultResolver();
	}

}
