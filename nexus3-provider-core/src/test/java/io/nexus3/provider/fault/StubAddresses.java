package io.nexus3.provider.fault;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.resolver.InetSocketAddressResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;

/**
 * A name service that finds always the same, nothing, or never comes back.
 */
final class StubAddresses extends AddressResolverGroup<InetSocketAddress> {

	private final Answer answer;

	private StubAddresses(Answer answer) {
		this.answer = answer;
	}

	static StubAddresses found(String... addresses) {
		return new StubAddresses((host, promise) -> {
			try {
				List<InetAddress> found = new ArrayList<>();
				for (String address : addresses) {
					found.add(InetAddress.getByName(address));
				}
				promise.setSuccess(found);
			}
			catch (UnknownHostException ex) {
				promise.setFailure(ex);
			}
		});
	}

	static StubAddresses notFound() {
		return new StubAddresses((host, promise) -> promise.setFailure(new UnknownHostException(host)));
	}

	static StubAddresses silent() {
		return new StubAddresses((host, promise) -> {
		});
	}

	@Override
	protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
		return new InetSocketAddressResolver(executor, new InetNameResolver(executor) {

			@Override
			protected void doResolve(String host, Promise<InetAddress> promise) {
				promise.setFailure(new UnsupportedOperationException("All addresses are asked for"));
			}

			@Override
			protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
				StubAddresses.this.answer.give(host, promise);
			}

		});
	}

	@FunctionalInterface
	private interface Answer {

		void give(String host, Promise<List<InetAddress>> promise);

	}

}
