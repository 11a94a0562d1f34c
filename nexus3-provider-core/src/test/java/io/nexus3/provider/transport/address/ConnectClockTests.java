package io.nexus3.provider.transport.address;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

import javax.net.ssl.SSLContext;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectClockTests {

	private static DialledAddress address(Duration left, int candidates) {
		return new DialledAddress(InetAddress.getLoopbackAddress(), 1, System.nanoTime() + left.toNanos(), candidates);
	}

	@Test
	void addressesShareWhatTheLookUpLeft() {
		EmbeddedChannel channel = new EmbeddedChannel();
		channel.pipeline().addFirst(new ConnectClock());
		channel.connect(address(Duration.ofHours(2), 2));
		assertThat(channel.config().getConnectTimeoutMillis()).isLessThanOrEqualTo((int) Duration.ofHours(1).toMillis())
			.isGreaterThan((int) Duration.ofMinutes(50).toMillis());
	}

	@Test
	void nothingIsDialledWhenNoTimeIsLeft() {
		EmbeddedChannel channel = new EmbeddedChannel();
		channel.pipeline().addFirst(new ConnectClock());
		ChannelFuture dialled = channel.connect(address(Duration.ofSeconds(-1), 1));
		assertThat(dialled.cause()).isInstanceOf(ConnectTimeoutException.class);
	}

	@Test
	void theHandshakeGetsWhatTcpLeft() throws Exception {
		SslHandler tls = new SslHandler(SSLContext.getDefault().createSSLEngine());
		tls.engine().setUseClientMode(true);
		EmbeddedChannel channel = new EmbeddedChannel();
		channel.pipeline().addFirst(new ConnectClock());
		channel.connect(address(Duration.ofHours(1), 1));
		channel.pipeline().addLast(tls);
		channel.pipeline().fireChannelActive();
		assertThat(tls.getHandshakeTimeoutMillis()).isBetween(Duration.ofMinutes(50).toMillis(),
				Duration.ofHours(1).toMillis());
		assertThat(channel.pipeline().get(ConnectClock.class)).isNull();
		channel.close();
		channel.releaseOutbound();
	}

	@Test
	void otherAddressesAreLeftAlone() {
		EmbeddedChannel channel = new EmbeddedChannel();
		channel.pipeline().addFirst(new ConnectClock());
		int before = channel.config().getConnectTimeoutMillis();
		channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
		assertThat(channel.config().getConnectTimeoutMillis()).isEqualTo(before);
	}

}
