package io.nexus3.provider.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.nexus3.provider.AsyncProvider;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.Timeouts;
import io.nexus3.provider.registry.ProviderRegistry;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * A program that uses up a resource, calls, gives the resource back and calls again. It
 * says how that went and ends with 0 where it went well.
 */
final class ExhaustedProcess {

	private static final Duration WATCHDOG = Duration.ofSeconds(10);

	private ExhaustedProcess() {
	}

	public static void main(String[] args) throws Exception {
		ProviderConfig config = ProviderConfig.of("test", args[1])
			.withBaseUrl(args[2] + "/v1")
			.withApiKey("sk-exhausted-0123456789")
			.withTimeouts(Timeouts.defaults().withIdle(Duration.ofSeconds(3)).withResponse(Duration.ofSeconds(2)));
		config = config.withRetry(config.calls().retry().withMaxRetries(0));
		boolean well;
		try (ProviderRegistry registry = ProviderRegistry.of(config, "gpt")) {
			AsyncProvider provider = registry.getForModel();
			warmUp(provider, config);
			well = args[0].equals("descriptors") ? descriptors(provider) : memory(provider);
			well &= says("recovered", "ok".equals(whenGivenBack(provider.complete("Hi")).block(WATCHDOG).text())
					&& provider.stream("stay open").blockFirst(WATCHDOG) != null);
		}
		System.exit(well ? 0 : 1);
	}

	/** Event loops close what was given back, in their own time. */
	private static <T> Mono<T> whenGivenBack(Mono<T> call) {
		return call.retryWhen(Retry.fixedDelay(100, Duration.ofMillis(50)));
	}

	/** Classes must be there before no file can be opened any more. */
	private static void warmUp(AsyncProvider provider, ProviderConfig config) {
		provider.complete("Hi").block(WATCHDOG);
		provider.stream("stay open").take(1).blockLast(WATCHDOG);
		try (ProviderRegistry nowhere = ProviderRegistry.of(config.withBaseUrl("http://127.0.0.1:1/v1"), "gpt")) {
			failure(nowhere.getForModel());
		}
	}

	private static boolean descriptors(AsyncProvider provider) throws Exception {
		List<Disposable> open = new ArrayList<>();
		Throwable failure = null;
		while (failure == null && open.size() < 100) {
			failure = begin(provider, "stay open", open);
		}
		boolean well = says("failed typed", failure instanceof ProviderException) & describe(failure);
		Throwable again = failure(provider);
		well &= says("failed typed again", again instanceof ProviderException) & describe(again);
		open.forEach(Disposable::dispose);
		return well;
	}

	/** A stream of which only the first event is read; null when that came. */
	private static @Nullable Throwable begin(AsyncProvider provider, String prompt, List<Disposable> open)
			throws Exception {
		CompletableFuture<Boolean> started = new CompletableFuture<>();
		open.add(provider.stream(prompt).subscribeWith(new BaseSubscriber<StreamEvent>() {

			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				request(1);
			}

			@Override
			protected void hookOnNext(StreamEvent event) {
				started.complete(true);
			}

			@Override
			protected void hookOnError(Throwable error) {
				started.completeExceptionally(error);
			}

		}));
		return started.handle((event, ex) -> ex).get(10, TimeUnit.SECONDS);
	}

	private static boolean memory(AsyncProvider provider) throws Exception {
		List<ByteBuf> held = new ArrayList<>();
		for (int size = 4 * 1024 * 1024; size >= 16; size /= 2) {
			hold(held, size);
		}
		// What the event loops have set aside for themselves is used up by unread
		// answers.
		List<Disposable> open = new ArrayList<>();
		Throwable failure = null;
		while (failure == null && open.size() < 200) {
			failure = begin(provider, "flood", open);
		}
		boolean well = says("failed typed", failure instanceof ProviderException) & describe(failure);
		open.forEach(Disposable::dispose);
		held.forEach(ByteBuf::release);
		return well;
	}

	private static void hold(List<ByteBuf> held, int size) {
		try {
			while (true) {
				held.add(Unpooled.directBuffer(size, size));
			}
		}
		catch (OutOfMemoryError ex) {
			// That is as much as there is in pieces of this size.
		}
	}

	private static Throwable failure(AsyncProvider provider) {
		try {
			provider.complete("Hi").block(WATCHDOG);
			return new AssertionError("The call succeeded");
		}
		catch (RuntimeException ex) {
			return ex;
		}
	}

	private static boolean describe(Throwable failure) {
		System.out.println(((failure instanceof ProviderException typed) ? typed.kind() + ": " : "") + failure);
		return true;
	}

	private static boolean says(String what, boolean well) {
		System.out.println(well ? what : "not " + what);
		return well;
	}

}
