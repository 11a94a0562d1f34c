package io.nexus3.provider.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.nexus3.provider.ProviderException;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;

class InflationTests {

	private static final Duration WATCHDOG = Duration.ofSeconds(10);

	private static final int LIMIT = 100_000;

	private final NettyDataBufferFactory buffers = new NettyDataBufferFactory(ByteBufAllocator.DEFAULT);

	private final TestPublisher<DataBuffer> body = TestPublisher.create();

	private ByteBuf send(byte[] bytes) {
		ByteBuf buffer = ByteBufAllocator.DEFAULT.directBuffer().writeBytes(bytes);
		this.body.next(this.buffers.wrap(buffer));
		return buffer;
	}

	private static byte[] compressed(int length) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
			gzip.write(new byte[length]);
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
		return bytes.toByteArray();
	}

	private StepVerifier.FirstStep<DataBuffer> inflated() {
		return StepVerifier.create(Inflation.of("gzip", LIMIT, this.body.flux()), 0);
	}

	@Test
	void whatWaitsItsTurnIsReleasedWhenTheOneBeforeItFails() {
		ByteBuf[] sent = new ByteBuf[2];
		inflated().then(() -> {
			sent[0] = send(compressed(50 * 1024 * 1024));
			sent[1] = send(new byte[] { 1, 2, 3 });
		})
			.thenRequest(Long.MAX_VALUE)
			.thenConsumeWhile((piece) -> true)
			.expectError(ProviderException.class)
			.verify(WATCHDOG);
		assertThat(sent).allSatisfy((buffer) -> assertThat(buffer.refCnt()).isZero());
	}

	@Test
	void whatWaitsItsTurnIsReleasedOnCancellation() {
		ByteBuf[] sent = new ByteBuf[2];
		inflated().then(() -> {
			sent[0] = send(compressed(10_000));
			sent[1] = send(new byte[] { 1, 2, 3 });
		}).thenCancel().verify(WATCHDOG);
		assertThat(sent).allSatisfy((buffer) -> assertThat(buffer.refCnt()).isZero());
	}

	@Test
	void aBodyInPiecesIsInflatedWhole() {
		byte[] whole = compressed(10_000);
		AtomicInteger length = new AtomicInteger();
		inflated().thenRequest(Long.MAX_VALUE).then(() -> {
			for (byte piece : whole) {
				send(new byte[] { piece });
			}
			this.body.complete();
		})
			.thenConsumeWhile((piece) -> length.addAndGet(piece.readableByteCount()) > 0)
			.expectComplete()
			.verify(WATCHDOG);
		assertThat(length).hasValue(10_000);
	}

}
