package io.nexus3.provider.test.fault;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.nexus3.provider.test.fault.ProxiedConnection.Side;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on loopback for tests of what a bad network does: put it between client and
 * server and say what goes wrong.
 *
 * <pre class="code">
 * try (FaultProxy proxy = FaultProxy.start(server.port())) {
 *     proxy.use(Toxics.onDownstream(new Toxic.Reset(2_000)));
 *     // talk to proxy.baseUrl()
 *     assertThat(proxy.connections().get(0).ended().join().by()).isEqualTo(Side.PROXY);
 * }
 * </pre>
 *
 * Toxics are chosen for all, for each connection or for each exchange, and can be changed
 * while bytes flow. The proxy holds one buffer of 16 KiB for each direction of a
 * connection, so that a slow receiver slows the sender down as without it. It runs on
 * threads of its own (daemons). Safe for use by any thread.
 *
 * @since 0.1.0
 */
public final class FaultProxy implements AutoCloseable {

	private static final String LOOPBACK = "127.0.0.1";

	private static final int WORKERS = 2;

	private static final int BUFFER = 16 * 1024;

	private static final int MOST_KEPT = 10_000;

	private static final int DROPPED_AT_ONCE = 1_000;

	private static final RecvByteBufAllocator ONE_BUFFER = new FixedRecvByteBufAllocator(BUFFER).maxMessagesPerRead(1);

	private final int targetPort;

	private final EventLoopGroup loops;

	private final Channel listening;

	private final Bootstrap outgoing;

	private final AtomicInteger accepted = new AtomicInteger();

	private final AtomicInteger exchanges = new AtomicInteger();

	private final List<ProxiedConnection> reports = new ArrayList<>();

	private final Map<Link, Channel> open = new ConcurrentHashMap<>();

	private volatile Plans plans = new Plans(ToxicPlan.always(Toxics.none()), null);

	private FaultProxy(int port, int targetPort) {
		this.targetPort = targetPort;
		this.loops = new MultiThreadIoEventLoopGroup(WORKERS, new DefaultThreadFactory("fault-proxy", true),
				NioIoHandler.newFactory());
		this.outgoing = new Bootstrap().channel(NioSocketChannel.class)
			.option(ChannelOption.AUTO_READ, false)
			.option(ChannelOption.RECVBUF_ALLOCATOR, ONE_BUFFER)
			.option(ChannelOption.TCP_NODELAY, true);
		ServerBootstrap bootstrap = new ServerBootstrap().group(this.loops)
			.channel(NioServerSocketChannel.class)
			.option(ChannelOption.SO_BACKLOG, 4096)
			.option(ChannelOption.SO_REUSEADDR, true)
			.childOption(ChannelOption.AUTO_READ, false)
			.childOption(ChannelOption.RECVBUF_ALLOCATOR, ONE_BUFFER)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new ChannelInitializer<SocketChannel>() {
				@Override
				protected void initChannel(SocketChannel channel) {
					accept(channel);
				}
			});
		try {
			this.listening = bootstrap.bind(LOOPBACK, port).syncUninterruptibly().channel();
		}
		catch (RuntimeException ex) {
			this.loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
			throw ex;
		}
	}

	/**
	 * Starts a proxy on a free port of 127.0.0.1. Nothing goes wrong until told.
	 * @param targetPort the server's port on 127.0.0.1; it need not listen yet
	 * @return the running proxy, to be closed by the caller
	 */
	public static FaultProxy start(int targetPort) {
		return new FaultProxy(0, targetPort);
	}

	private void accept(SocketChannel channel) {
		Plans plans = this.plans;
		int number = this.accepted.getAndIncrement();
		ProxiedConnection report = new ProxiedConnection(number);
		Link link = new Link(channel, report, plans.exchanges(), this.exchanges::getAndIncrement);
		keep(report);
		this.open.put(link, channel);
		report.ended().thenRun(() -> this.open.remove(link));
		link.use(plans.connections().choose(number));
		link.connect(this.outgoing.clone(), LOOPBACK, this.targetPort);
	}

	private void keep(ProxiedConnection report) {
		synchronized (this.reports) {
			this.reports.add(report);
			if (this.reports.size() > MOST_KEPT) {
				this.reports.subList(0, DROPPED_AT_ONCE).clear();
			}
		}
	}

	/**
	 * Returns the port.
	 * @return the port that clients connect to
	 */
	public int port() {
		return ((InetSocketAddress) this.listening.localAddress()).getPort();
	}

	/**
	 * Returns the address for clients.
	 * @return {@code http://127.0.0.1:port}, without a slash at the end
	 */
	public String baseUrl() {
		return "http://" + LOOPBACK + ":" + port();
	}

	/**
	 * Lets the same go wrong on all connections, those that are open included: there,
	 * bytes count from now, and a stall ends unless it is asked for again.
	 * @param toxics what goes wrong; {@link Toxics#none()} heals
	 */
	public void use(Toxics toxics) {
		use(ToxicPlan.always(toxics));
		this.open.forEach((link, channel) -> channel.eventLoop().execute(() -> link.use(toxics)));
	}

	/**
	 * Chooses what goes wrong for each connection that is accepted from now on.
	 * @param plan is given the number of the connection
	 */
	public void use(ToxicPlan plan) {
		this.plans = new Plans(plan, null);
	}

	/**
	 * Chooses what goes wrong for each exchange on the connections that are accepted from
	 * now on, so that a kept connection may be healthy in one and ill in the next. An
	 * exchange begins with the first bytes of a client that were preceded by bytes of the
	 * server, which holds for HTTP/1.1 without pipelining.
	 * @param plan is given the number of the exchange, counted over all connections
	 */
	public void useForEachExchange(ToxicPlan plan) {
		this.plans = new Plans(ToxicPlan.always(Toxics.none()), plan);
	}

	/**
	 * Returns what happened so far.
	 * @return a snapshot of all connections in the order of acceptance; of more than
	 * 10,000 the latest
	 */
	public List<ProxiedConnection> connections() {
		synchronized (this.reports) {
			return List.copyOf(this.reports);
		}
	}

	/**
	 * Forgets the connections so far, so that a long run does not hold them all; those
	 * that are open go on. Later ones are counted on as if nothing had happened.
	 */
	public void clearConnections() {
		synchronized (this.reports) {
			this.reports.clear();
		}
	}

	/**
	 * Returns how many connections were accepted so far.
	 * @return the number, those closed again included
	 */
	public int acceptedConnections() {
		return this.accepted.get();
	}

	/**
	 * Returns how many connections are open now.
	 * @return the number of connections
	 */
	public int openConnections() {
		return this.open.size();
	}

	/**
	 * Returns how many exchanges have begun so far.
	 * @return the number of exchanges
	 * @see #useForEachExchange(ToxicPlan)
	 */
	public int exchanges() {
		return this.exchanges.get();
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
		this.open.forEach((link, channel) -> channel.eventLoop().execute(() -> link.end(Side.PROXY, null, false)));
		this.loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
	}

	private record Plans(ToxicPlan connections, @Nullable ToxicPlan exchanges) {

	}

}
