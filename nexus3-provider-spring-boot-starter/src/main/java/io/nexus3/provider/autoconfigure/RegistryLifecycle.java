package io.nexus3.provider.autoconfigure;

import io.nexus3.provider.registry.ProviderRegistry;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Closes the registry while the application shuts down: after the web server has let its
 * requests end, which may be waiting for answers, and before the event loops go. A
 * context that is stopped to be started again keeps its registry.
 */
final class RegistryLifecycle implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {

	/**
	 * Lower phases stop later; the web server's are 1,024 and 2,048 below the default.
	 */
	private static final int PHASE = DEFAULT_PHASE - 3072;

	private final ProviderRegistry registry;

	private final ApplicationContext context;

	private volatile boolean running;

	private volatile boolean closing;

	RegistryLifecycle(ProviderRegistry registry, ApplicationContext context) {
		this.registry = registry;
		this.context = context;
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		if (event.getApplicationContext() == this.context) {
			this.closing = true;
		}
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		if (this.closing) {
			this.registry.close();
		}
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		if (this.closing) {
			this.registry.closeAsync().toFuture().whenComplete((nothing, error) -> callback.run());
		}
		else {
			callback.run();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
