package io.nexus3.provider.test.http;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.nexus3.provider.test.tls.ServerTls;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 server on loopback for tests: it records every request and answers each
 * with the {@link ScriptedResponse} that the handler names. It runs on threads of its own
 * (daemons) and writes response bytes itself, so that it can send what a proper server
 * would never send. Safe for use by any thread.
 *
 * @since 0.1.0
 */
public final class ScriptedServer implements AutoCloseable {

	private static final int WORKERS = 2;

	private static final int MAX_LINE = 64 * 1024;

	private static final int MAX_HEADERS = 1024 * 1024;

	private static final int READ_SIZE = 64 * 1024;

	private final ExchangeLog log = new ExchangeLog();

	private final AtomicInteger accepted = new AtomicInteger();

	private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

	private final EventLoopGroup loops;

	private final Channel listening;

	private final @Nullable ServerTls tls;

	private ScriptedServer(int port, @Nullable ServerTls tls, Function<ReceivedRequest, ScriptedResponse> handler) {
		this.tls = tls;
		this.loops = new MultiThreadIoEventLoopGroup(WORKERS, new DefaultThreadFactory("scripted-server", true),
				NioIoHandler.newFactory());
		ServerBootstrap bootstrap = new ServerBootstrap().group(this.loops)
			.channel(NioServerSocketChannel.class)
			.option(ChannelOption.SO_BACKLOG, 4096)
			.option(ChannelOption.SO_REUSEADDR, true)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new ChannelInitializer<SocketChannel>() {
				@Override
				protected void initChannel(SocketChannel channel) {
					accept(channel, handler);
				}
			});
		try {
			this.listening = bootstrap.bind("127.0.0.1", port).syncUninterruptibly().channel();
		}
		catch (RuntimeException ex) {
			this.loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
			throw ex;
		}
	}

	/**
	 * Starts a server on a free port of 127.0.0.1.
	 * @param handler names the answer to each request; it is called on a thread of the
	 * server, from several at once, and must not block. If it throws, status 500 with the
	 * reason is sent
	 * @return the running server, to be closed by the caller
	 */
	public static ScriptedServer start(Function<ReceivedRequest, ScriptedResponse> handler) {
		return start(0, handler);
	}

	/**
	 * Starts a server on a given port of 127.0.0.1.
	 * @param port the port, or 0 for a free one
	 * @param handler names the answer to each request; see {@link #start(Function)}
	 * @return the running server, to be closed by the caller
	 */
	public static ScriptedServer start(int port, Function<ReceivedRequest, ScriptedResponse> handler) {
		return new ScriptedServer(port, null, handler);
	}

	/**
	 * Starts a server that speaks TLS on a free port of 127.0.0.1.
	 * @param tls how it speaks TLS
	 * @param handler names the answer to each request; see {@link #start(Function)}
	 * @return the running server, to be closed by the caller
	 */
	public static ScriptedServer startTls(ServerTls tls, Function<ReceivedRequest, ScriptedResponse> handler) {
		return new ScriptedServer(0, tls, handler);
	}

	private void accept(SocketChannel channel, Function<ReceivedRequest, ScriptedResponse> handler) {
		this.connections.add(channel);
		if (this.tls != null) {
			channel.pipeline().addLast(new SslHandler(this.tls.newEngine()));
		}
		channel.pipeline()
			.addLast(new HttpRequestDecoder(MAX_LINE, MAX_HEADERS, READ_SIZE))
			.addLast(new Connection(this.accepted.getAndIncrement(), this.log, handler));
	}

	/**
	 * Returns the port.
	 * @return the port that the server listens on
	 */
	public int port() {
		return ((InetSocketAddress) this.listening.localAddress()).getPort();
	}

	/**
	 * Returns the address of the server.
	 * @return {@code http://127.0.0.1:port}, or {@code https} where it speaks TLS,
	 * without a slash at the end
	 */
	public String baseUrl() {
		return ((this.tls != null) ? "https" : "http") + "://127.0.0.1:" + port();
	}

	/**
	 * Returns an address on the server.
	 * @param path path and query, with a slash at its start
	 * @return the absolute address
	 */
	public URI uri(String path) {
		return URI.create(baseUrl() + path);
	}

	/**
	 * Returns what was received so far.
	 * @return a snapshot of all requests in the order of arrival
	 */
	public List<ReceivedRequest> requests() {
		return this.log.all().stream().map(Exchange::request).toList();
	}

	/**
	 * Returns what was received so far, with the fate of each answer.
	 * @return a snapshot of the exchanges in the order of arrival; of more than 10,000
	 * the latest
	 */
	public List<Exchange> exchanges() {
		return this.log.all();
	}

	/**
	 * Forgets the exchanges so far, so that a long run does not hold them all; their
	 * answers go on. Later requests are counted on as if nothing had happened.
	 */
	public void clearExchanges() {
		this.log.clear();
	}

	/**
	 * Waits for a request.
	 * @param index its place among the exchanges not yet forgotten, from 0
	 * @param timeout how long to wait
	 * @return the exchange
	 * @throws AssertionError if it did not come in time
	 * @throws InterruptedException if the thread was interrupted
	 */
	public Exchange awaitExchange(int index, Duration timeout) throws InterruptedException {
		return this.log.await(index, timeout);
	}

	/**
	 * Returns how many connections clients opened so far.
	 * @return the number of accepted connections, those closed again included
	 */
	public int acceptedConnections() {
		return this.accepted.get();
	}

	/**
	 * Returns how many connections are open now.
	 * @return the number of open connections
	 */
	public int openConnections() {
		return this.connections.size();
	}

	/**
	 * Closes every open connection (FIN), idle or not, and goes on accepting new ones.
	 * Returns when all are closed.
	 */
	public void closeConnections() {
		this.connections.forEach((channel) -> {
			Connection connection = channel.pipeline().get(Connection.class);
			if (connection != null) {
				channel.eventLoop().execute(connection::close);
			}
		});
		this.connections.newCloseFuture().awaitUninterruptibly(5, TimeUnit.SECONDS);
	}

	/**
	 * Stops listening, closes all connections and ends the threads. Closing twice has no
	 * effect.
	 */
	@Override
	public void close() {
		if (this.loops.isShuttingDown()) {
			return;
		}
		this.listening.close().syncUninterruptibly();
		closeConnections();
		this.loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
	}

}
