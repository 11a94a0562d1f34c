package io.nexus3.provider.load;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.function.ToIntFunction;

import io.nexus3.provider.registry.ProviderRegistry;
import reactor.netty.internal.shaded.reactor.pool.InstrumentedPool;

/**
 * Looks into the pools of a registry, which show nothing of themselves without a meter
 * registry.
 */
final class PoolProbe {

	private PoolProbe() {
	}

	static int sum(ProviderRegistry registry, ToIntFunction<InstrumentedPool.PoolMetrics> figure) {
		int sum = 0;
		for (Object connections : ((Map<?, ?>) field(field(registry, "connections"), "current")).values()) {
			Object provider = field(field(connections, "transport"), "pool");
			for (Object pool : ((Map<?, ?>) field(provider, "channelPools")).values()) {
				sum += figure.applyAsInt(((InstrumentedPool<?>) pool).metrics());
			}
		}
		return sum;
	}

	private static Object field(Object owner, String name) {
		for (Class<?> type = owner.getClass(); type != null; type = type.getSuperclass()) {
			try {
				Field field = type.getDeclaredField(name);
				field.setAccessible(true);
				return field.get(owner);
			}
			catch (NoSuchFieldException ex) {
				// It may be the superclass's.
			}
			catch (IllegalAccessException ex) {
				throw new IllegalStateException(ex);
			}
		}
		throw new IllegalStateException("No field " + name + " in " + owner.getClass());
	}

}
