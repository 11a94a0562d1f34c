package io.nexus3.provider.transport.address;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.netty.channel.ConnectTimeoutException;
import io.netty.resolver.AddressResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import io.netty.util.concurrent.Promise;
import io.nexus3.provider.config.AddressPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The resolver of one event loop: every address goes through the policy, whichever way it
 * came.
 */
final class PolicyAddressResolver extends FirstOfAllResolver {

	private final AddressPolicy policy;

	private final List<InetAddress> localhost;

	private final Supplier<AddressResolver<InetSocketAddress>> names;

	private final Duration connectTimeout;

	PolicyAddressResolver(AddressPolicy policy, List<InetAddress> localhost, EventExecutor executor,
			Duration connectTimeout, Supplier<AddressResolver<InetSocketAddress>> names) {
		super(executor);
		this.connectTimeout = connectTimeout;
		this.policy = policy;
		this.localhost = localhost;
		this.names = names;
	}

	/**
	 * Always: what a resolver does not support, Reactor Netty dials without asking.
	 */
	@Override
	public boolean isSupported(SocketAddress address) {
		return true;
	}

	/**
	 * Never: what is resolved, such as a literal address, Reactor Netty dials without
	 * asking.
	 */
	@Override
	public boolean isResolved(SocketAddress address) {
		return false;
	}

	@Override
	public Future<List<InetSocketAddress>> resolveAll(SocketAddress address, Promise<List<InetSocketAddress>> promise) {
		try {
			if (!(address instanceof InetSocketAddress asked)) {
				throw new AddressRefusedException(address.toString(),
						"Refused for security: only internet addresses are dialled");
			}
			lookUp(asked, promise);
		}
		catch (RuntimeException ex) {
			promise.tryFailure(ex);
		}
		return promise;
	}

	private void lookUp(InetSocketAddress asked, Promise<List<InetSocketAddress>> promise) {
		long deadline = System.nanoTime() + this.connectTimeout.toNanos();
		String host = asked.getHostString();
		InetAddress literal = literal(host);
		if (!asked.isUnresolved()) {
			promise.trySuccess(judged(asked, List.of(asked.getAddress()), deadline));
		}
		else if (literal != null) {
			promise.trySuccess(judged(asked, List.of(literal), deadline));
		}
		else if (host.equalsIgnoreCase("localhost")) {
			promise.trySuccess(judged(asked, this.localhost, deadline));
		}
		else {
			// Whoever answers names has a clock of its own, or none.
			Future<?> clock = executor().schedule(() -> promise.tryFailure(tooLate(host)),
					this.connectTimeout.toNanos(), TimeUnit.NANOSECONDS);
			this.names.get().resolveAll(asked).addListener((FutureListener<List<InetSocketAddress>>) (found) -> {
				clock.cancel(false);
				settle(asked, found, promise, deadline);
			});
		}
	}

	private ConnectTimeoutException tooLate(String host) {
		return new ConnectTimeoutException("looking up " + host + " took longer than " + this.connectTimeout);
	}

	private void settle(InetSocketAddress asked, Future<List<InetSocketAddress>> found,
			Promise<List<InetSocketAddress>> promise, long deadline) {
		if (!found.isSuccess()) {
			promise.tryFailure(found.cause());
			return;
		}
		List<InetAddress> addresses = new ArrayList<>();
		for (InetSocketAddress address : found.getNow()) {
			if (!address.isUnresolved()) {
				addresses.add(address.getAddress());
			}
		}
		if (addresses.isEmpty()) {
			promise.tryFailure(new UnknownHostException(asked.getHostString()));
			return;
		}
		try {
			promise.trySuccess(judged(asked, addresses, deadline));
		}
		catch (RuntimeException ex) {
			promise.tryFailure(ex);
		}
	}

	private List<InetSocketAddress> judged(InetSocketAddress asked, List<InetAddress> addresses, long deadline) {
		List<InetSocketAddress> judged = new ArrayList<>(addresses.size());
		for (InetAddress address : addresses) {
			try {
				this.policy.checkResolved(asked.getHostString(), address);
			}
			catch (IllegalArgumentException ex) {
				throw refused(asked.getHostString(), ex);
			}
			int candidates = addresses.size() - judged.size();
			judged.add(new DialledAddress(address, asked.getPort(), deadline, candidates));
		}
		return List.copyOf(judged);
	}

	private @Nullable InetAddress literal(String host) {
		try {
			return this.policy.checkHost(host);
		}
		catch (IllegalArgumentException ex) {
			throw refused(host, ex);
		}
	}

	private static AddressRefusedException refused(String host, IllegalArgumentException cause) {
		return new AddressRefusedException(host, String.valueOf(cause.getMessage()));
	}

	/**
	 * Nothing to close: who gave the other resolver closes it.
	 */
	@Override
	public void close() {
	}

}
