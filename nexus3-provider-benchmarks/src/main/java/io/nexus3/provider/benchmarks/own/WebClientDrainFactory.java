package io.nexus3.provider.benchmarks.own;

import io.nexus3.provider.benchmarks.client.BenchmarkClient;

import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * {@link WebClient} that reads bytes and nothing else: what no client on it can undercut.
 */
public final class WebClientDrainFactory implements BenchmarkClient.Factory {

	@Override
	public BenchmarkClient create(BenchmarkClient.Api api, String baseUrl) {
		ConnectionProvider pool = ConnectionProvider.create("drain", 8192);
		WebClient client = WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector(HttpClient.create(pool)))
			.baseUrl(baseUrl + Requests.path(api))
			.build();
		BodySender drain = (body, answer) -> client.post()
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchangeToFlux((response) -> response.body(BodyExtractors.toDataBuffers()))
			.subscribe((buffer) -> tell(buffer, answer), answer::failed, answer::done);
		return drain;
	}

	private static void tell(DataBuffer buffer, BenchmarkClient.Answer answer) {
		DataBufferUtils.release(buffer);
		answer.text("");
	}

}
