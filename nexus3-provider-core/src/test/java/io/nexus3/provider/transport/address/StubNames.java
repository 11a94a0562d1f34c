package io.nexus3.provider.transport.address;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.resolver.InetSocketAddressResolver;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;

/**
 * A name service of constants.
 */
final class StubNames extends AddressResolverGroup<InetSocketAddress> {

	private final AtomicInteger lookUps = new AtomicInteger();

	private final BiFunction<String, Integer, List<InetAddress>> answers;

	/**
	 * A name service.
	 * @param answers what a host resolves to at the n-th look-up of all, from 0
	 */
	StubNames(BiFunction<String, Integer, List<InetAddress>> answers) {
		this.answers = answers;
	}

	int lookUps() {
		return this.lookUps.get();
	}

	static List<InetAddress> addresses(List<String> texts) {
		return texts.stream().map(StubNames::address).toList();
	}

	static InetAddress address(String text) {
		int zone = text.indexOf('%');
		InetAddress address = NetUtil
			.createInetAddressFromIpAddressString((zone == -1) ? text : text.substring(0, zone));
		if (address == null) {
			throw new IllegalArgumentException("No address: " + text);
		}
		return address;
	}

	@Override
	protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
		return new InetSocketAddressResolver(executor, new InetNameResolver(executor) {

			@Override
			protected void doResolve(String host, Promise<InetAddress> promise) {
				promise.setSuccess(answer(host).get(0));
			}

			@Override
			protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
				promise.setSuccess(answer(host));
			}

		});
	}

	private List<InetAddress> answer(String host) {
		return new ArrayList<>(this.answers.apply(host, this.lookUps.getAndIncrement()));
	}

}
