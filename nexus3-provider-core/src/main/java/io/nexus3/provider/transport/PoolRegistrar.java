package io.nexus3.provider.transport;

import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.nexus3.provider.wire.PoolListener;
import io.nexus3.provider.wire.PoolListener.ConnectionPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.resources.ConnectionPoolMetrics;
import reactor.netty.resources.ConnectionProvider;

/**
 * Tells listeners of the pools that Reactor Netty makes for a provider: one for each
 * address that is dialled, which is one. Reactor Netty's own meters, which live in a
 * registry of the whole process, are not made.
 */
final class PoolRegistrar implements ConnectionProvider.MeterRegistrar {

	private static final Logger logger = LoggerFactory.getLogger(PoolRegistrar.class);

	private final String provider;

	private final List<PoolListener> listeners;

	private final Map<String, ConnectionPool> pools = new ConcurrentHashMap<>();

	PoolRegistrar(String provider, List<PoolListener> listeners) {
		this.provider = provider;
		this.listeners = listeners;
	}

	@Override
	public void registerMetrics(String poolName, String id, SocketAddress remoteAddress,
			ConnectionPoolMetrics figures) {
		Pool pool = new Pool(this.provider, figures);
		this.pools.put(key(id, remoteAddress), pool);
		tell((listener) -> listener.poolOpened(pool));
	}

	@Override
	public void deRegisterMetrics(String poolName, String id, SocketAddress remoteAddress) {
		ConnectionPool pool = this.pools.remove(key(id, remoteAddress));
		if (pool != null) {
			tell((listener) -> listener.poolClosed(pool));
		}
	}

	private static String key(String id, SocketAddress remoteAddress) {
		return id + " " + remoteAddress;
	}

	private void tell(Consumer<PoolListener> what) {
		for (PoolListener listener : this.listeners) {
			try {
				what.accept(listener);
			}
			catch (RuntimeException ex) {
				logger.warn("A pool listener failed and was passed over", ex);
			}
		}
	}

	/** Reactor Netty's figures under our names; the same only as itself. */
	private static final class Pool implements ConnectionPool {

		private final String provider;

		private final ConnectionPoolMetrics figures;

		Pool(String provider, ConnectionPoolMetrics figures) {
			this.provider = provider;
			this.figures = figures;
		}

		@Override
		public String provider() {
			return this.provider;
		}

		@Override
		public int active() {
			return this.figures.acquiredSize();
		}

		@Override
		public int idle() {
			return this.figures.idleSize();
		}

		@Override
		public int pending() {
			return this.figures.pendingAcquireSize();
		}

		@Override
		public int max() {
			return this.figures.maxAllocatedSize();
		}

	}

}
