package io.nexus3.provider.transport;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.util.ReferenceCountUtil;
import reactor.netty.NettyPipeline;

/**
 * Looks whether an answer begins as HTTP does. The codec would wait for the end of a line
 * that may never come, and take a close before it for a lost connection. One per
 * connection; used on its event loop.
 */
final class HeadGuard extends ChannelInboundHandlerAdapter {

	private static final byte[] START = "HTTP/".getBytes(StandardCharsets.US_ASCII);

	private int matched = START.length;

	static void install(Channel channel) {
		if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
			channel.pipeline().addBefore(NettyPipeline.HttpCodec, HeadGuard.class.getName(), new HeadGuard());
		}
	}

	/** Another request is about to be written. */
	static void expectAnswer(Channel channel) {
		HeadGuard guard = channel.pipeline().get(HeadGuard.class);
		if (guard != null) {
			guard.matched = 0;
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (this.matched < START.length && message instanceof ByteBuf bytes && !matches(bytes)) {
			ReferenceCountUtil.release(message);
			this.matched = START.length;
			context.fireExceptionCaught(new CorruptedFrameException("it does not begin with HTTP/"));
			context.close();
			return;
		}
		context.fireChannelRead(message);
	}

	/** Empty lines before the status line are skipped, as the codec does. */
	private boolean matches(ByteBuf bytes) {
		for (int i = bytes.readerIndex(); i < bytes.writerIndex() && this.matched < START.length; i++) {
			byte b = bytes.getByte(i);
			if (b == START[this.matched]) {
				this.matched++;
			}
			else if (this.matched > 0 || (b != '\r' && b != '\n')) {
				return false;
			}
		}
		return true;
	}

}
