package io.nexus3.provider.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.nexus3.provider.ProviderException;
import io.nexus3.provider.config.ApiKey;
import io.nexus3.provider.config.BaseUrl;
import io.nexus3.provider.guard.Canary;
import io.nexus3.provider.protocol.WireProtocol;
import io.nexus3.provider.transport.Redactor;
import io.nexus3.provider.type.ProviderEndpoint;
import io.nexus3.provider.type.ProviderTypes;
import io.nexus3.provider.wire.HttpFailure;
import io.nexus3.provider.wire.WireHeaders;

/**
 * Error bodies: always a typed error, of bounded size, and never a key that the transport
 * has taken out.
 */
final class ErrorBodyTarget {

	private static final int[] STATUSES = { 400, 401, 402, 403, 404, 408, 413, 422, 429, 500, 503, 529, 302, 204, 599 };

	private static final Redactor REDACTOR = new Redactor(ApiKey.of(Canary.KEY));

	private static final List<WireProtocol> PROTOCOLS = List.of("openai", "anthropic")
		.stream()
		.map((type) -> ProviderTypes.builtIn()
			.find(type)
			.protocol()
			.protocol(new ProviderEndpoint(BaseUrl.parse("https://host.example/v1"), null)))
		.toList();

	void run(byte[] input) {
		int status = STATUSES[input.length % STATUSES.length];
		byte[] body = REDACTOR.redact(new String(input, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
		HttpFailure failure = new HttpFailure(status, WireHeaders.of(Map.of("x-request-id", List.of("r-1"))), body,
				input.length % 2 == 0);
		for (WireProtocol protocol : PROTOCOLS) {
			ProviderException error = protocol.decodeFailure(failure);
			String text = error.toString();
			if (text.length() > 4000) {
				throw new AssertionError("The message has " + text.length() + " characters");
			}
			if ((text + error.details()).contains(Canary.KEY)) {
				throw new AssertionError("The key is shown: " + text);
			}
			if (error.status() == null || error.status() != status) {
				throw new AssertionError("The status " + status + " became " + error.status());
			}
		}
	}

}
