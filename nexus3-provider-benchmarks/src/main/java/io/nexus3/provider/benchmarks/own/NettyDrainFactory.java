package io.nexus3.provider.benchmarks.own;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.nexus3.provider.benchmarks.client.BenchmarkClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Reactor Netty that reads bytes and nothing else.
 */
public final class NettyDrainFactory implements BenchmarkClient.Factory {

	@Override
	public BenchmarkClient create(BenchmarkClient.Api api, String baseUrl) {
		HttpClient client = HttpClient.create(ConnectionProvider.create("drain", 8192))
			.headers((headers) -> headers.set("Content-Type", "application/json"));
		BodySender drain = (body, answer) -> client.post()
			.uri(baseUrl + Requests.path(api))
			.send(Mono.fromSupplier(() -> ByteBufUtil.writeUtf8(ByteBufAllocator.DEFAULT, body)))
			.responseContent()
			.subscribe((bytes) -> answer.text(""), answer::failed, answer::done);
		return drain;
	}

}
