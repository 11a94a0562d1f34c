package io.nexus3.provider.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Stands between what a server sends and Reactor Netty. It keeps the server's words out
 * of errors about malformed HTTP, and closes a connection on which more arrives than was
 * asked for. Without it, a second answer to one request is taken for the answer to the
 * next, where that one is sent as soon as the connection is free. The end of an answer is
 * therefore held back until all that came with it is seen. One per connection.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-9.2">RFC 9112, associating
 * a response to a request</a>
 */
final class AnswerBoundary extends ChannelDuplexHandler {

	private static final String NAME = "nexus3-answer-boundary";

	private boolean asked;

	private boolean interim;

	private boolean surplus;

	private @Nullable Object end;

	static void install(Channel channel) {
		if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
			channel.pipeline().addAfter(NettyPipeline.HttpCodec, NAME, new AnswerBoundary());
		}
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
		if (msg instanceof HttpRequest) {
			this.asked = true;
		}
		ctx.write(msg, promise);
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (!this.asked || this.end != null) {
			this.surplus = true;
			ReferenceCountUtil.release(msg);
			if (this.end == null) {
				ctx.close();
			}
			return;
		}
		if (msg instanceof HttpObject object && object.decoderResult().isFailure()) {
			withoutWords(object);
		}
		if (msg instanceof HttpResponse response) {
			this.interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
		}
		boolean last = msg instanceof LastHttpContent && !(msg instanceof HttpResponse) && !this.interim;
		if (last) {
			this.end = msg;
		}
		else {
			ctx.fireChannelRead(msg);
		}
	}

	/**
	 * A decoder quotes what it cannot read, and Reactor Netty logs it: a key that the
	 * server echoes there must not come along.
	 */
	private static void withoutWords(HttpObject malformed) {
		Throwable cause = malformed.decoderResult().cause();
		if (!(cause instanceof TooLongFrameException || cause instanceof PrematureChannelClosureException)) {
			malformed.setDecoderResult(DecoderResult
				.failure(new DecoderException("malformed head or chunk (" + cause.getClass().getSimpleName() + ")")));
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		passEnd(ctx);
		ctx.fireChannelReadComplete();
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		passEnd(ctx);
		ctx.fireChannelInactive();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		ReferenceCountUtil.release(this.end);
		this.end = null;
	}

	/** Closed first where it must be, so that the pool does not take it back. */
	private void passEnd(ChannelHandlerContext ctx) {
		Object end = this.end;
		if (end == null) {
			return;
		}
		this.end = null;
		this.asked = false;
		if (this.surplus) {
			ctx.close();
		}
		ctx.fireChannelRead(end);
	}

}
