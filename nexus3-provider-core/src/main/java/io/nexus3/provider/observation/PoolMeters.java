package io.nexus3.provider.observation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.nexus3.provider.observation.ProviderMeter.MeterLabel;
import io.nexus3.provider.wire.PoolListener;

/**
 * Keeps gauges of the connection pools, one of each kind per provider. While a provider
 * has two pools, because a new one has taken the place of another whose streams still
 * run, the gauges show the sum.
 *
 * @since 0.1.0
 */
public final class PoolMeters implements PoolListener {

	private final MeterRegistry registry;

	private final Map<String, Gauges> providers = new ConcurrentHashMap<>();

	/**
	 * A listener.
	 * @param registry where gauges are kept
	 */
	public PoolMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void poolOpened(ConnectionPool pool) {
		this.providers.compute(pool.provider(), (provider, known) -> {
			Gauges gauges = (known != null) ? known : new Gauges(provider, this.registry);
			gauges.pools.add(pool);
			return gauges;
		});
	}

	@Override
	public void poolClosed(ConnectionPool pool) {
		this.providers.computeIfPresent(pool.provider(), (provider, gauges) -> {
			gauges.pools.remove(pool);
			if (!gauges.pools.isEmpty()) {
				return gauges;
			}
			gauges.meters.forEach(this.registry::remove);
			return null;
		});
	}

	/** The gauges of one provider, over the pools that it has at the moment. */
	private static final class Gauges {

		private final Set<ConnectionPool> pools = ConcurrentHashMap.newKeySet();

		private final List<Meter> meters = new ArrayList<>();

		Gauges(String provider, MeterRegistry registry) {
			add(provider, registry, ProviderMeter.CONNECTIONS_ACTIVE, ConnectionPool::active);
			add(provider, registry, ProviderMeter.CONNECTIONS_IDLE, ConnectionPool::idle);
			add(provider, registry, ProviderMeter.CONNECTIONS_PENDING, ConnectionPool::pending);
			add(provider, registry, ProviderMeter.CONNECTIONS_MAX, ConnectionPool::max);
		}

		private void add(String provider, MeterRegistry registry, ProviderMeter meter,
				ToIntFunction<ConnectionPool> figure) {
			this.meters.add(Gauge.builder(meter.getName(), this.pools, (pools) -> pools.stream().mapToInt(figure).sum())
				.tag(MeterLabel.PROVIDER.asString(), provider)
				.register(registry));
		}

	}

}
