package io.nexus3.provider.registry;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The last steps of a registry. One that fails or hangs does not keep the others open.
 */
final class Shutdown {

	private static final Logger logger = LoggerFactory.getLogger(Shutdown.class);

	/** How long the connections of one provider may take to close. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private Shutdown() {
	}

	static Mono<Void> close(ProviderConnections connections) {
		return Mono.defer(connections::closeAsync).timeout(PATIENCE).onErrorResume((ex) -> {
			logger.warn("The connections of a provider could not be closed in order", ex);
			return Mono.empty();
		});
	}

	/**
	 * Wait on a thread that may wait, such as the one that ends the application.
	 * @param done completes when all is closed
	 * @param grace how long calls may go on before
	 */
	static void await(CompletableFuture<?> done, Duration grace) {
		CountDownLatch closed = new CountDownLatch(1);
		done.whenComplete((nothing, error) -> closed.countDown());
		try {
			if (!closed.await(grace.plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS)) {
				logger.warn("The registry was not closed {} after its grace of {}", PATIENCE, grace);
			}
		}
		catch (InterruptedException ex) {
			// Whoever waits wants to go on; the closing does by itself.
			Thread.currentThread().interrupt();
		}
	}

}
