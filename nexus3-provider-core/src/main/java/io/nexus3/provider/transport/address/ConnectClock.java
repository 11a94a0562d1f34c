package io.nexus3.provider.transport.address;

import java.net.SocketAddress;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/**
 * Holds TCP and TLS to what the look-up left of the connect clock. One per connection; it
 * leaves when the connection is made.
 */
final class ConnectClock extends ChannelDuplexHandler {

	private @Nullable DialledAddress dialled;

	@Override
	public void connect(ChannelHandlerContext context, SocketAddress remote, @Nullable SocketAddress local,
			ChannelPromise promise) {
		if (remote instanceof DialledAddress address) {
			this.dialled = address;
			long share = address.shareMillis();
			if (share == 0) {
				promise.tryFailure(new ConnectTimeoutException("no time left to dial " + address));
				return;
			}
			context.channel().config().setConnectTimeoutMillis((int) Math.min(share, Integer.MAX_VALUE));
		}
		context.connect(remote, local, promise);
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		SslHandler tls = context.pipeline().get(SslHandler.class);
		if (this.dialled != null && tls != null) {
			// Not 0, which would mean no limit.
			tls.setHandshakeTimeoutMillis(Math.max(1, this.dialled.leftMillis()));
		}
		context.fireChannelActive();
		context.pipeline().remove(this);
	}

}
