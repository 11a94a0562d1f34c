package io.nexus3.provider.test.http;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;

import org.jspecify.annotations.Nullable;

/**
 * Carries out one script on one connection. One per exchange; used on the connection's
 * event loop only.
 */
final class ResponseRunner {

	/** Steps in one go before other connections of the same loop get their turn. */
	private static final int STEPS_IN_A_ROW = 256;

	private static final byte[] LINE_END = { '\r', '\n' };

	private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

	private final Channel channel;

	private final Exchange exchange;

	private final ScriptedResponse response;

	private final boolean chunked;

	private final boolean keepAlive;

	private final Connection connection;

	private Iterator<BodyStep> steps;

	private boolean headDone;

	private boolean waiting;

	private boolean inside;

	private BodyStep.@Nullable Repeat repeating;

	private long repeatsLeft;

	ResponseRunner(Channel channel, Exchange exchange, ScriptedResponse response, boolean keepAlive,
			Connection connection) {
		this.channel = channel;
		this.exchange = exchange;
		this.response = response;
		this.chunked = response.head() != null && response.head().framing() == Framing.CHUNKED;
		this.keepAlive = keepAlive;
		this.connection = connection;
		this.steps = response.beforeHead().iterator();
	}

	/**
	 * Goes on as far as possible: to the end, to a pause or gate, or until the client
	 * does not read fast enough; in that case it is called again when the channel is
	 * writable.
	 */
	void run() {
		if (this.inside) {
			// A flush inside the loop reported the channel as writable again.
			return;
		}
		this.inside = true;
		try {
			advance();
		}
		finally {
			this.inside = false;
		}
	}

	private void advance() {
		for (int i = 0; !this.waiting && this.channel.isActive() && this.channel.isWritable(); i++) {
			if (i == STEPS_IN_A_ROW) {
				suspend();
				this.channel.eventLoop().execute(this::resume);
			}
			else if (this.repeatsLeft > 0 && this.repeating != null) {
				this.repeatsLeft--;
				writeBody(this.repeating.bytes());
			}
			else if (this.steps.hasNext()) {
				perform(this.steps.next());
			}
			else if (!this.headDone) {
				this.headDone = true;
				writeHead();
				this.steps = this.response.body().iterator();
			}
			else {
				suspend();
				end();
			}
		}
	}

	private void suspend() {
		this.waiting = true;
	}

	private void resume() {
		this.waiting = false;
		run();
	}

	private void perform(BodyStep step) {
		if (step instanceof BodyStep.Write write) {
			writeBody(write.bytes());
		}
		else if (step instanceof BodyStep.Repeat repeat) {
			this.repeating = repeat;
			this.repeatsLeft = repeat.times();
		}
		else if (step instanceof BodyStep.Pause pause) {
			suspend();
			this.channel.eventLoop().schedule(this::resume, pause.duration().toNanos(), TimeUnit.NANOSECONDS);
		}
		else if (step instanceof BodyStep.Await await) {
			suspend();
			await.gate().pass(() -> this.channel.eventLoop().execute(this::resume));
		}
		else {
			throw new IllegalStateException("Unknown step " + step.getClass().getName());
		}
	}

	private void writeHead() {
		ResponseHead head = this.response.head();
		if (head != null) {
			boolean counted = head.framing() == Framing.LENGTH && !head.hasHeader("Content-Length");
			write(head.encode(counted ? length(this.response.body()) : 0));
		}
	}

	private static long length(List<BodyStep> steps) {
		long length = 0;
		for (BodyStep step : steps) {
			if (step instanceof BodyStep.Write write) {
				length += write.bytes().length;
			}
			else if (step instanceof BodyStep.Repeat repeat) {
				length = Math.addExact(length, Math.multiplyExact(repeat.times(), (long) repeat.bytes().length));
			}
		}
		return length;
	}

	private void writeBody(byte[] bytes) {
		if (!this.chunked || !this.headDone) {
			write(bytes);
		}
		else if (bytes.length > 0) {
			// An empty chunk would end the body.
			String size = Integer.toHexString(bytes.length);
			ByteBuf buffer = this.channel.alloc().buffer(size.length() + bytes.length + 2 * LINE_END.length);
			ByteBufUtil.writeAscii(buffer, size);
			write(buffer.writeBytes(LINE_END).writeBytes(bytes).writeBytes(LINE_END));
		}
	}

	private void write(byte[] bytes) {
		write(this.channel.alloc().buffer(bytes.length).writeBytes(bytes));
	}

	private void write(ByteBuf buffer) {
		int size = buffer.readableBytes();
		this.channel.writeAndFlush(buffer).addListener((written) -> {
			if (written.isSuccess()) {
				this.exchange.wrote(size);
			}
		});
	}

	private void end() {
		switch (this.response.ending()) {
			case CLEAN -> endCleanly(!this.keepAlive || closesByFraming());
			case CLEAN_THEN_CLOSE -> endCleanly(true);
			case CLOSE -> close();
			case RESET -> {
				// With linger 0 the kernel drops what is unsent and sends RST.
				this.channel.config().setOption(ChannelOption.SO_LINGER, 0);
				close();
			}
			case STALL -> this.exchange.finish();
		}
	}

	private void endCleanly(boolean closing) {
		if (this.chunked) {
			write(LAST_CHUNK);
		}
		if (closing) {
			close();
		}
		else {
			flushed(() -> {
				this.exchange.finish();
				this.connection.next();
			});
		}
	}

	private boolean closesByFraming() {
		ResponseHead head = this.response.head();
		return head == null || head.framing() == Framing.UNTIL_CLOSE;
	}

	private void close() {
		flushed(() -> {
			this.exchange.finish();
			this.connection.close();
		});
	}

	private void flushed(Runnable action) {
		// Writes are carried out in order, so an empty one is done when all others are.
		this.channel.writeAndFlush(this.channel.alloc().buffer(0)).addListener((ChannelFutureListener) (written) -> {
			if (written.isSuccess()) {
				action.run();
			}
		});
	}

}
