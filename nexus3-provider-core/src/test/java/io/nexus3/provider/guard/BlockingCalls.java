package io.nexus3.provider.guard;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Keeps every blocking call on a thread that must not block, because the error alone may
 * be swallowed on its way to a test.
 */
public final class BlockingCalls implements BlockHoundIntegration {

	/** Threads of this name block on purpose, to show that it would be noticed. */
	static final String PROBE = "blocking-probe";

	private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();

	@Override
	public void applyTo(BlockHound.Builder builder) {
		// Netty's own allow-list has the locks of the pooled allocator, but not yet those
		// of
		// the adaptive one, which are held as briefly: to move a chunk of memory.
		builder.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator$Magazine", "free");
		builder.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator$MagazineGroup", "free");
		builder.blockingMethodCallback((method) -> {
			BlockingOperationError error = new BlockingOperationError(method);
			Thread thread = Thread.currentThread();
			if (!thread.getName().startsWith(PROBE)) {
				FOUND.add(describe(thread, error));
			}
			throw error;
		});
	}

	private static String describe(Thread thread, Throwable error) {
		StringBuilder text = new StringBuilder(thread.getName() + ": " + error.getMessage());
		for (StackTraceElement frame : error.getStackTrace()) {
			text.append("\n\tat ").append(frame);
		}
		return text.toString();
	}

	static List<String> found() {
		return List.copyOf(FOUND);
	}

}
