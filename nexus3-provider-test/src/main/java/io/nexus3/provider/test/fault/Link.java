package io.nexus3.provider.test.fault;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.nexus3.provider.test.fault.ProxiedConnection.End;
import io.nexus3.provider.test.fault.ProxiedConnection.Side;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection joined with one to the server. Used on the event loop that both
 * share.
 */
final class Link {

	private final Channel client;

	private final ProxiedConnection report;

	private final @Nullable ToxicPlan exchangePlan;

	private final IntSupplier exchangeNumbers;

	private final Random random;

	private final Relay upstream = new Relay(this, Side.CLIENT);

	private final Relay downstream = new Relay(this, Side.SERVER);

	private @Nullable Channel server;

	private boolean answered = true;

	private boolean closing;

	private boolean ended;

	/**
	 * A link.
	 * @param client the client's connection
	 * @param report where to write down what happens
	 * @param exchangePlan chooses toxics for each exchange, or {@code null}
	 * @param exchangeNumbers numbers exchanges
	 */
	Link(Channel client, ProxiedConnection report, @Nullable ToxicPlan exchangePlan, IntSupplier exchangeNumbers) {
		this.client = client;
		this.report = report;
		this.exchangePlan = exchangePlan;
		this.exchangeNumbers = exchangeNumbers;
		this.random = new Random(report.number());
	}

	/** Connect to the server; from then on bytes flow. */
	void connect(Bootstrap bootstrap, String host, int port) {
		this.client.pipeline().addLast(this.upstream);
		bootstrap.group(this.client.eventLoop())
			.handler(this.downstream)
			.connect(host, port)
			.addListener((ChannelFutureListener) (connected) -> {
				if (!connected.isSuccess()) {
					end(Side.SERVER, null, true);
					return;
				}
				this.server = connected.channel();
				if (this.ended) {
					this.server.close();
					return;
				}
				this.upstream.begin(this.server);
				this.downstream.begin(this.client);
			});
	}

	/** Put toxics in the place of those before, also while bytes flow. */
	void use(Toxics toxics) {
		this.report.hitBy(toxics);
		this.upstream.use(new Effects(toxics.upstream()));
		this.downstream.use(new Effects(toxics.downstream()));
	}

	Random random() {
		return this.random;
	}

	/** The first bytes of a client that has had an answer begin another exchange. */
	void arrived(Side sender) {
		if (sender == Side.SERVER) {
			this.answered = true;
		}
		else if (this.answered) {
			this.answered = false;
			int number = this.exchangeNumbers.getAsInt();
			if (this.exchangePlan != null) {
				use(this.exchangePlan.choose(number));
			}
		}
	}

	void passed() {
		this.report.passed(this.upstream.total(), this.downstream.total());
	}

	/** One side is gone: let the other know, at once or later. */
	void closedBy(Side side, boolean reset) {
		if (this.closing || this.ended) {
			return;
		}
		this.closing = true;
		Duration delay = ((side == Side.CLIENT) ? this.upstream : this.downstream).effects().closeDelay();
		if (delay.isZero()) {
			end(side, null, reset);
		}
		else {
			this.client.eventLoop().schedule(() -> end(side, null, reset), delay.toNanos(), TimeUnit.NANOSECONDS);
		}
	}

	/** Close both sides. */
	void end(Side by, @Nullable Toxic toxic, boolean reset) {
		if (this.ended) {
			return;
		}
		this.ended = true;
		close(this.client, reset);
		if (this.server != null) {
			close(this.server, reset);
		}
		this.report.end(new End(by, toxic));
	}

	private static void close(Channel channel, boolean reset) {
		if (reset && channel.isOpen()) {
			try {
				// With linger 0 the kernel drops what is unsent and sends RST.
				channel.config().setOption(ChannelOption.SO_LINGER, 0);
			}
			catch (ChannelException ex) {
				// The other side was faster: there is nobody left to be reset.
			}
		}
		channel.close();
	}

}
