package io.nexus3.provider.guard;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the guards are awake: a guard that sees nothing looks like a clean run.
 */
class GuardTests {

	@Test
	void aBlockingCallOnAnEventLoopIsCaught() {
		MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1,
				new DefaultThreadFactory(BlockingCalls.PROBE, true), NioIoHandler.newFactory());
		try {
			EventLoop loop = loops.next();
			Future<?> slept = loop.submit(() -> {
				Thread.sleep(1);
				return null;
			}).awaitUninterruptibly();
			assertThat(slept.cause()).isInstanceOf(BlockingOperationError.class).hasMessageContaining("sleep");
		}
		finally {
			loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
		}
	}

	@Test
	void aBlockingCallOnASchedulerIsCaught() {
		AtomicReference<Throwable> caught = new AtomicReference<>();
		Scheduler scheduler = Schedulers.newParallel(BlockingCalls.PROBE, 1, true);
		try {
			Mono.fromRunnable(() -> caught.set(blockingCall())).subscribeOn(scheduler).block();
		}
		finally {
			scheduler.dispose();
		}
		assertThat(caught.get()).isInstanceOf(BlockingOperationError.class);
	}

	private static Throwable blockingCall() {
		try {
			Thread.sleep(1);
			return new AssertionError("Nobody noticed");
		}
		catch (BlockingOperationError | InterruptedException ex) {
			return ex;
		}
	}

	@Test
	void leaksAreLookedForInEveryBuffer() {
		assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
	}

	@Test
	void everythingThatIsLoggedIsRead() {
		long before = CanaryAppender.scanned();
		LoggerFactory.getLogger("reactor.netty.http.client").trace("a line that nobody prints");
		assertThat(CanaryAppender.scanned()).isGreaterThan(before);
	}

}
