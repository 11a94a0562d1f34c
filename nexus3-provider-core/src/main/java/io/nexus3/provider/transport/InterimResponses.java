package io.nexus3.provider.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;

/**
 * Skips answers of 1xx, which Reactor Netty but for 100 would take for the final one, and
 * loses patience with a server that sends nothing else. 101 passes: nobody asked to
 * switch. One per connection.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-15.2">RFC 9110,
 * informational 1xx</a>
 */
final class InterimResponses extends ChannelInboundHandlerAdapter {

	/** How many stand before one final answer at most. */
	static final int MOST = 20;

	private int skipped;

	private boolean skipping;

	private boolean failed;

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpResponse response) {
			this.skipping = isInterim(response);
			this.skipped = this.skipping ? this.skipped + 1 : 0;
		}
		if (!this.skipping && !this.failed) {
			context.fireChannelRead(message);
			return;
		}
		this.skipping = !(message instanceof LastHttpContent);
		ReferenceCountUtil.release(message);
		if (this.skipped > MOST && !this.failed) {
			this.failed = true;
			context.fireExceptionCaught(ProviderException.of(ErrorKind.PROTOCOL,
					"The server sends more than " + MOST + " answers of 1xx and no final one"));
			context.close();
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		context.fireChannelReadComplete();
		if (this.skipped > 0 && !context.channel().config().isAutoRead()) {
			// What was skipped does not count as the read that was asked for.
			context.read();
		}
	}

	private static boolean isInterim(HttpResponse response) {
		return response.decoderResult().isSuccess() && response.status().codeClass() == HttpStatusClass.INFORMATIONAL
				&& response.status().code() != HttpResponseStatus.SWITCHING_PROTOCOLS.code();
	}

}
