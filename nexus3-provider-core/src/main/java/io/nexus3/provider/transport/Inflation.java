package io.nexus3.provider.transport;

import java.util.Locale;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.JdkZlibDecoder;
import io.netty.handler.codec.compression.ZlibWrapper;
import io.nexus3.provider.ErrorDetails;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/**
 * Inflates the body of a server that compresses although it was asked not to. It works in
 * small slices and only as fast as they are read, so that a bomb is never in memory: the
 * limits on what is read apply to what comes out. One per answer; not thread-safe.
 */
final class Inflation {

	/** Deflate grows a byte to 1,032 at most: this slice to a megabyte. */
	private static final int SLICE = 1024;

	/** Chat streams repeat themselves, but no honest one as much as this. */
	private static final int MOST_GROWTH = 200;

	private final JdkZlibDecoder decoder;

	private final EmbeddedChannel channel;

	private final int limit;

	private long in;

	private long out;

	private boolean closed;

	private Inflation(ZlibWrapper wrapper, int limit) {
		this.decoder = new JdkZlibDecoder(wrapper, false, 0);
		this.channel = new EmbeddedChannel(this.decoder);
		this.limit = limit;
	}

	/**
	 * A body as it was before it was compressed.
	 * @param encoding the content encoding, or {@code null}
	 * @param limit above this many bytes, growth beyond all measure is refused
	 * @param body the body as sent
	 * @return the body itself where it is not compressed; fails on encodings that nobody
	 * asked for and that are not known
	 */
	static Flux<DataBuffer> of(@Nullable String encoding, int limit, Flux<DataBuffer> body) {
		String name = (encoding != null) ? encoding.strip().toLowerCase(Locale.ROOT) : "";
		return switch (name) {
			case "", "identity" -> body;
			case "gzip", "x-gzip" -> inflated(ZlibWrapper.GZIP, limit, body);
			case "deflate" -> inflated(ZlibWrapper.ZLIB_OR_NONE, limit, body);
			default -> refused(name, body);
		};
	}

	private static Flux<DataBuffer> inflated(ZlibWrapper wrapper, int limit, Flux<DataBuffer> body) {
		return Flux.using(() -> new Inflation(wrapper, limit), (inflation) -> inflation.inflate(body),
				Inflation::close);
	}

	/** The body is cancelled unread, which closes its connection. */
	private static Flux<DataBuffer> refused(String encoding, Flux<DataBuffer> body) {
		String shown = encoding.substring(0, Math.min(encoding.length(), 40)).replaceAll("[^\\x21-\\x7e]", "?");
		return Flux.deferContextual((context) -> {
			body.contextWrite(context).subscribe(new Unread());
			return Flux.error(ProviderException.of(ErrorKind.UNEXPECTED_CONTENT,
					"The answer is encoded as '" + shown + "', although no encoding was asked for"));
		});
	}

	private Flux<DataBuffer> inflate(Flux<DataBuffer> body) {
		// Copied first: what waits its turn when one before it fails is given back by
		// nobody.
		return body.map(Inflation::bytes)
			.concatMap((bytes) -> Flux.generate(() -> bytes, this::next), 1)
			.concatWith(Mono.defer(this::end));
	}

	private static ByteBuf bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return Unpooled.wrappedBuffer(bytes);
	}

	/** Locked, because whoever cancels may do so on a thread of its own. */
	private synchronized ByteBuf next(ByteBuf compressed, SynchronousSink<DataBuffer> sink) {
		if (this.closed) {
			sink.complete();
			return compressed;
		}
		try {
			byte[] inflated = new byte[0];
			while (inflated.length == 0 && compressed.isReadable()) {
				inflated = inflate(compressed);
			}
			if (inflated.length == 0) {
				sink.complete();
			}
			else {
				sink.next(DefaultDataBufferFactory.sharedInstance.wrap(inflated));
			}
		}
		catch (ProviderException ex) {
			sink.error(ex);
		}
		catch (RuntimeException ex) {
			sink.error(ProviderException.of(ErrorKind.PROTOCOL,
					"The answer calls itself compressed and is not: " + ex.getMessage(), ErrorDetails.none(), ex));
		}
		return compressed;
	}

	private byte[] inflate(ByteBuf compressed) {
		int length = Math.min(SLICE, compressed.readableBytes());
		this.in += length;
		this.channel.writeInbound(compressed.readRetainedSlice(length));
		byte[] inflated = new byte[0];
		for (ByteBuf piece = this.channel.readInbound(); piece != null; piece = this.channel.readInbound()) {
			ByteBuf joined = Unpooled.wrappedBuffer(Unpooled.wrappedBuffer(inflated), piece);
			inflated = new byte[joined.readableBytes()];
			joined.readBytes(inflated).release();
		}
		this.out += inflated.length;
		if (this.out > this.limit && this.out / MOST_GROWTH > this.in) {
			throw ProviderException.of(ErrorKind.RESPONSE_TOO_LARGE, "The compressed answer grows beyond all measure: "
					+ this.in + " bytes to " + this.out + ", with a limit response-body of " + this.limit + " bytes");
		}
		return inflated;
	}

	/** A body that ends in the middle of its compressed form is cut off. */
	private Mono<DataBuffer> end() {
		return (this.in == 0 || this.decoder.isClosed()) ? Mono.empty() : Mono.error(() -> ProviderException
			.of(ErrorKind.CONNECTION_LOST, "The connection was lost: the compressed answer is cut off"));
	}

	private synchronized void close() {
		this.closed = true;
		this.channel.finishAndReleaseAll();
	}

	private static final class Unread extends BaseSubscriber<DataBuffer> {

		@Override
		protected void hookOnSubscribe(Subscription body) {
			cancel();
		}

	}

}
