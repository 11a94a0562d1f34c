package io.nexus3.provider.test.fault;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.nexus3.provider.test.fault.ProxiedConnection.Side;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection: takes one buffer from the sender, passes it on under the
 * toxics, and only then reads the next, so that a slow receiver slows the sender down.
 * Used on the connection's event loop only.
 */
final class Relay extends ChannelInboundHandlerAdapter {

	private final Link link;

	private final Side sender;

	private @Nullable Channel target;

	private @Nullable ChannelHandlerContext source;

	private Effects effects = Effects.NONE;

	private @Nullable ByteBuf buffer;

	private boolean stalled;

	/** Since the toxics were put in place. */
	private long passed;

	private long total;

	Relay(Link link, Side sender) {
		this.link = link;
		this.sender = sender;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		this.source = ctx;
	}

	void begin(Channel target) {
		this.target = target;
		read();
	}

	void use(Effects effects) {
		this.effects = effects;
		this.passed = 0;
		this.stalled = false;
	}

	Effects effects() {
		return this.effects;
	}

	long total() {
		return this.total;
	}

	private void read() {
		if (this.source != null) {
			this.source.read();
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		this.link.arrived(this.sender);
		this.buffer = (ByteBuf) message;
		after(this.effects.delay(this.link.random()), this::forward);
	}

	private void forward() {
		ByteBuf buffer = this.buffer;
		Channel target = this.target;
		if (buffer == null || target == null) {
			return;
		}
		Toxic ending = this.effects.ending(this.passed);
		if (ending != null) {
			end(ending);
		}
		else if (!buffer.isReadable()) {
			release();
			read();
		}
		else {
			int piece = this.effects.piece(buffer.readableBytes(), this.passed);
			target.writeAndFlush(buffer.readRetainedSlice(piece)).addListener((written) -> {
				if (written.isSuccess()) {
					passed(piece);
				}
				else {
					release();
					this.link.closedBy((this.sender == Side.CLIENT) ? Side.SERVER : Side.CLIENT, false);
				}
			});
		}
	}

	private void passed(int piece) {
		this.passed += piece;
		this.total += piece;
		this.link.passed();
		after(this.effects.pause(piece), this::forward);
	}

	private void end(Toxic toxic) {
		release();
		if (toxic instanceof Toxic.Stall) {
			// Reading goes on, else nobody would see that the sender closes.
			this.stalled = true;
			read();
		}
		else {
			this.link.end(Side.PROXY, toxic, toxic instanceof Toxic.Reset);
		}
	}

	private void after(long nanos, Runnable action) {
		if (nanos <= 0 || this.stalled || this.source == null) {
			action.run();
		}
		else {
			this.source.executor().schedule(action, nanos, TimeUnit.NANOSECONDS);
		}
	}

	private void release() {
		if (this.buffer != null) {
			this.buffer.release();
			this.buffer = null;
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		release();
		this.link.closedBy(this.sender, false);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		this.link.closedBy(this.sender, cause instanceof IOException);
	}

}
