package io.nexus3.provider.test.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;

import org.jspecify.annotations.Nullable;

/**
 * One accepted connection: collects each request, records it, and has its script carried
 * out before the next. Used on its event loop only.
 */
final class Connection extends SimpleChannelInboundHandler<HttpObject> {

	private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

	private final int number;

	private final ExchangeLog log;

	private final Function<ReceivedRequest, ScriptedResponse> handler;

	private final Deque<Pending> unanswered = new ArrayDeque<>();

	private final ByteArrayOutputStream body = new ByteArrayOutputStream();

	private @Nullable HttpRequest incoming;

	private @Nullable ChannelHandlerContext context;

	private @Nullable Exchange current;

	private @Nullable ResponseRunner running;

	private int received;

	Connection(int number, ExchangeLog log, Function<ReceivedRequest, ScriptedResponse> handler) {
		this.number = number;
		this.log = log;
		this.handler = handler;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		this.context = ctx;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) throws Exception {
		if (message.decoderResult().isFailure()) {
			close();
			return;
		}
		if (message instanceof HttpRequest request) {
			this.incoming = request;
			this.body.reset();
			if (HttpUtil.is100ContinueExpected(request)) {
				ctx.writeAndFlush(Unpooled.wrappedBuffer(CONTINUE));
			}
		}
		if (message instanceof HttpContent content) {
			content.content().readBytes(this.body, content.content().readableBytes());
		}
		if (message instanceof LastHttpContent && this.incoming != null) {
			received(this.incoming);
		}
	}

	private void received(HttpRequest request) {
		int number = this.received++;
		Exchange exchange = this.log.add((order) -> new ReceivedRequest(order, this.number, number,
				request.method().name(), request.uri(), headers(request), this.body.toByteArray(), Instant.now()));
		this.unanswered.add(new Pending(exchange, HttpUtil.isKeepAlive(request)));
		if (this.running == null) {
			next();
		}
	}

	private static Map<String, List<String>> headers(HttpRequest request) {
		Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		request.headers()
			.forEach((header) -> headers.computeIfAbsent(header.getKey(), (name) -> new ArrayList<>())
				.add(header.getValue()));
		headers.replaceAll((name, values) -> List.copyOf(values));
		return Collections.unmodifiableMap(headers);
	}

	/**
	 * Answers the next request, if one has come already.
	 */
	void next() {
		this.running = null;
		Pending pending = this.unanswered.poll();
		if (pending != null && this.context != null) {
			if (this.current != null) {
				this.current.superseded();
			}
			Exchange exchange = pending.exchange();
			this.current = exchange;
			this.running = new ResponseRunner(this.context.channel(), exchange, script(exchange.request()),
					pending.keepAlive(), this);
			this.running.run();
		}
	}

	private ScriptedResponse script(ReceivedRequest request) {
		try {
			return this.handler.apply(request);
		}
		catch (RuntimeException | AssertionError ex) {
			// The client's test sees a plain reason in place of a connection that hangs.
			return ScriptedResponse.status(500)
				.withHeader("Content-Type", "text/plain; charset=utf-8")
				.thenWrite("The script for " + request + " failed: " + ex);
		}
	}

	/**
	 * Closes the connection from the server's side.
	 */
	void close() {
		lost(true);
		if (this.context != null) {
			this.context.close();
		}
	}

	private void lost(boolean byServer) {
		if (this.current != null) {
			this.current.connectionLost(byServer);
		}
		this.unanswered.forEach((pending) -> pending.exchange().connectionLost(byServer));
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext ctx) {
		if (this.running != null && ctx.channel().isWritable()) {
			this.running.run();
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		// Has no effect on what the server closed itself.
		lost(false);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		// A reset by the client comes as an exception; what matters is that it is gone.
		ctx.close();
	}

	private record Pending(Exchange exchange, boolean keepAlive) {
	}

}
