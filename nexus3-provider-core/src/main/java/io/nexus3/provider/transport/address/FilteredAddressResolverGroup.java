package io.nexus3.provider.transport.address;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.function.Predicate;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import io.netty.util.concurrent.Promise;

/**
 * Leaves out of what another resolver has judged the addresses that the application does
 * not want to be dialled. A look-up of which nothing is left fails with an
 * {@link AddressRefusedException}.
 *
 * @since 0.1.0
 */
public final class FilteredAddressResolverGroup extends AddressResolverGroup<InetSocketAddress> {

	private final AddressResolverGroup<InetSocketAddress> judged;

	private final Predicate<InetAddress> filter;

	/**
	 * A resolver.
	 * @param judged resolves and judges; closed with this
	 * @param filter passes addresses that may be dialled
	 */
	public FilteredAddressResolverGroup(AddressResolverGroup<InetSocketAddress> judged, Predicate<InetAddress> filter) {
		this.judged = judged;
		this.filter = filter;
	}

	@Override
	protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
		return new Resolver(this.judged.getResolver(executor), this.filter, executor);
	}

	@Override
	public void close() {
		super.close();
		this.judged.close();
	}

	/** The resolver of one event loop. */
	private static final class Resolver extends FirstOfAllResolver {

		private final AddressResolver<InetSocketAddress> judged;

		private final Predicate<InetAddress> filter;

		Resolver(AddressResolver<InetSocketAddress> judged, Predicate<InetAddress> filter, EventExecutor executor) {
			super(executor);
			this.judged = judged;
			this.filter = filter;
		}

		@Override
		public boolean isSupported(SocketAddress address) {
			return this.judged.isSupported(address);
		}

		@Override
		public boolean isResolved(SocketAddress address) {
			return this.judged.isResolved(address);
		}

		@Override
		public Future<List<InetSocketAddress>> resolveAll(SocketAddress address,
				Promise<List<InetSocketAddress>> promise) {
			this.judged.resolveAll(address).addListener((FutureListener<List<InetSocketAddress>>) (found) -> {
				if (found.isSuccess()) {
					settle(address, found.getNow(), promise);
				}
				else {
					promise.tryFailure(found.cause());
				}
			});
			return promise;
		}

		/** A filter that throws must not leave the call without an answer. */
		private void settle(SocketAddress address, List<InetSocketAddress> found,
				Promise<List<InetSocketAddress>> promise) {
			try {
				List<InetSocketAddress> left = left(found);
				if (left.isEmpty()) {
					promise.tryFailure(refused(address));
				}
				else {
					promise.trySuccess(left);
				}
			}
			catch (RuntimeException ex) {
				promise.tryFailure(ex);
			}
		}

		private List<InetSocketAddress> left(List<InetSocketAddress> addresses) {
			return addresses.stream().filter((address) -> this.filter.test(address.getAddress())).toList();
		}

		private static AddressRefusedException refused(SocketAddress address) {
			String host = ((InetSocketAddress) address).getHostString();
			return new AddressRefusedException(host,
					"Refused for security: the application's address filter allows no address of " + host);
		}

		@Override
		public void close() {
			this.judged.close();
		}

	}

}
