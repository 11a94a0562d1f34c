package io.nexus3.provider.transport.address;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

import io.netty.resolver.AddressResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import io.netty.util.concurrent.Promise;

/**
 * A resolver that knows one way to look addresses up: all of them, which is where they
 * are judged. One is the first of all.
 */
abstract class FirstOfAllResolver implements AddressResolver<InetSocketAddress> {

	private final EventExecutor executor;

	FirstOfAllResolver(EventExecutor executor) {
		this.executor = executor;
	}

	/** The event loop that answers. */
	final EventExecutor executor() {
		return this.executor;
	}

	@Override
	public final Future<InetSocketAddress> resolve(SocketAddress address) {
		return resolve(address, this.executor.newPromise());
	}

	@Override
	public final Future<InetSocketAddress> resolve(SocketAddress address, Promise<InetSocketAddress> promise) {
		resolveAll(address).addListener((FutureListener<List<InetSocketAddress>>) (found) -> {
			if (found.isSuccess()) {
				promise.trySuccess(found.getNow().get(0));
			}
			else {
				promise.tryFailure(found.cause());
			}
		});
		return promise;
	}

	@Override
	public final Future<List<InetSocketAddress>> resolveAll(SocketAddress address) {
		return resolveAll(address, this.executor.newPromise());
	}

}
