package io.nexus3.provider.registry;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.config.ApiKey;
import io.nexus3.provider.config.CredentialSource;
import io.nexus3.provider.config.Timeouts;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.Fuseable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * Gets the key for the attempts of one call: from the subscriber's own source, else from
 * the provider's. A source that never answers is held to the connect clock.
 */
final class CallCredential {

	private final CredentialSource source;

	private final Duration patience;

	private final Scheduler scheduler;

	private volatile @Nullable ApiKey last;

	private CallCredential(CredentialSource source, Duration patience, Scheduler scheduler) {
		this.source = source;
		this.patience = patience;
		this.scheduler = scheduler;
	}

	static @Nullable CallCredential of(CallPlan plan, Timeouts timeouts, Context context) {
		CredentialSource source = context.getOrDefault(CredentialSource.class, plan.provider().credential());
		return (source != null) ? new CallCredential(source, timeouts.connect(), plan.shared().clock().scheduler())
				: null;
	}

	/** The key for an attempt that is about to begin: it is asked for now. */
	Mono<ApiKey> key() {
		Mono<ApiKey> given = given();
		ApiKey known = atOnce(given);
		if (known != null) {
			this.last = known;
			return given;
		}
		return held(given).onErrorMap(TimeoutException.class, (ex) -> tooLate())
			.onErrorMap(IllegalArgumentException.class,
					(ex) -> problem(ex.getMessage() + ": check " + this.source.description()))
			.switchIfEmpty(Mono.error(() -> problem("API key not found: set " + this.source.description())))
			.doOnNext((key) -> this.last = key);
	}

	private Mono<ApiKey> given() {
		try {
			return Objects.requireNonNull(this.source.get(), "a credential source gave null");
		}
		catch (Throwable ex) {
			Exceptions.throwIfFatal(ex);
			return Mono.error(ex);
		}
	}

	/** A key that is a constant, as most are, which needs no chain around it. */
	private static @Nullable ApiKey atOnce(Mono<ApiKey> key) {
		try {
			return (key instanceof Fuseable.ScalarCallable<?> constant) ? (ApiKey) constant.call() : null;
		}
		catch (Exception ex) {
			return null;
		}
	}

	/** What is there at once needs no timer. */
	private Mono<ApiKey> held(Mono<ApiKey> key) {
		return (key instanceof Callable) ? key : key.timeout(this.patience, this.scheduler);
	}

	private ProviderException tooLate() {
		return ProviderException.of(ErrorKind.TIMEOUT, "The connect timeout ran out: the " + this.source.description()
				+ " gave no API key for " + this.patience);
	}

	private static ProviderException problem(String problem) {
		return ProviderException.of(ErrorKind.CONFIGURATION, problem);
	}

	boolean refreshable() {
		return this.source.refreshable();
	}

	/** The vendor refused the last key. */
	void refused() {
		ApiKey key = this.last;
		if (key != null && this.source.refreshable()) {
			this.source.refused(key);
		}
	}

}
