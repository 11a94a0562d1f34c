package io.nexus3.provider.registry;

import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once for a provider that its streams lack their terminal marker, by which alone a
 * cut is told from an end for sure. Safe for use by any thread.
 */
final class EndMarkerWarning {

	private static final Logger logger = LoggerFactory.getLogger(EndMarkerWarning.class);

	private final AtomicBoolean said = new AtomicBoolean();

	private final String provider;

	EndMarkerWarning(String provider) {
		this.provider = provider;
	}

	void missing() {
		if (this.said.compareAndSet(false, true)) {
			logger.warn("A stream of the provider '{}' ended without its terminal marker; it counts as whole because"
					+ " a finish reason had come, or because accept-truncated-streams is on", this.provider);
		}
	}

}
