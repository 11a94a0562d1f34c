package io.nexus3.provider.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.config.Limits;
import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.test.raw.RawScript;
import io.nexus3.provider.test.raw.RawServer;

import static io.nexus3.provider.fault.FaultClient.assertTyped;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers whose beginning is no head, or one without end.
 */
final class HeadFaults implements FaultRows {

	private static final int GIANT = 1024 * 1024;

	@Override
	public void addTo(FaultTable table) {
		table.row("F19", "endless headers meet the limit and close the connection", HeadFaults::endlessHeaders);
		table.row("F20", "a giant status line or header line meets the limit", HeadFaults::giantLines);
		table.row("F21", "garbage in place of HTTP is a typed error and hardly retried", HeadFaults::garbage);
	}

	private static void endlessHeaders(FaultFormat format) throws Exception {
		assertThat(Limits.defaults().responseHeaders()).isEqualTo(32 * 1024);
		assertTooMuch(format,
				RawScript.start()
					.readRequest()
					.write("HTTP/1.1 200 OK\r\n")
					.writeForEver("X-Filler: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n", Duration.ZERO));
	}

	private static void giantLines(FaultFormat format) throws Exception {
		RawScript reading = RawScript.start().readRequest();
		assertTooMuch(format, reading.write("HTTP/1.1 200 " + "O".repeat(GIANT) + "\r\n\r\n").stall());
		assertTooMuch(format, reading.write("HTTP/1.1 200 OK\r\nX: " + "y".repeat(GIANT) + "\r\n\r\n").stall());
		assertTooMuch(format, reading.write("HTTP/1.1 200 OK\r\n" + "y".repeat(GIANT) + ": x\r\n\r\n").stall());
	}

	private static void assertTooMuch(FaultFormat format, RawScript script) throws Exception {
		for (boolean stream : List.of(false, true)) {
			try (RawServer server = RawServer.start(script, RawAnswers.wellBehaved(format, stream, "ok"));
					FaultClient client = FaultClient.of(format, server.baseUrl(), Scene.retrying(3))) {
				ProviderException error = client.error(stream);
				assertTyped(error, ErrorKind.PROTOCOL, 1);
				assertThat(error.retryable()).isFalse();
				assertThat(error).hasMessageContaining("response-headers")
					.hasMessageContaining("127.0.0.1:" + server.port());
				assertThat(error.getMessage()).hasSizeLessThan(1000);
				assertThat(server.requests()).hasSize(1);
				server.connections().get(0).closedByClient().get(10, TimeUnit.SECONDS);
				assertThat(client.call(stream)).isEqualTo("ok");
				assertThat(server.connections()).hasSize(2);
			}
		}
	}

	private static void garbage(FaultFormat format) throws Exception {
		List<RawScript> ends = List.of(RawScript.start().close(), RawScript.start().stall());
		for (byte[] bytes : samples()) {
			for (RawScript end : ends) {
				for (boolean stream : List.of(false, true)) {
					assertGarbage(format, stream, RawScript.start().readRequest().write(bytes).then(end));
				}
			}
		}
	}

	private static void assertGarbage(FaultFormat format, boolean stream, RawScript script) throws Exception {
		try (RawServer server = RawServer.start(script);
				FaultClient client = FaultClient.of(format, server.baseUrl(), Scene.retrying(3))) {
			ProviderException error = client.error(stream);
			assertTyped(error, ErrorKind.PROTOCOL, server.requests().size());
			assertThat(error).hasMessageContaining("no HTTP").hasMessageContaining("127.0.0.1:" + server.port());
			assertThat(server.requests()).hasSizeLessThanOrEqualTo(2);
			server.connections().get(0).ended().get(10, TimeUnit.SECONDS);
		}
	}

	private static List<byte[]> samples() {
		List<byte[]> samples = new ArrayList<>();
		for (String text : List.of("SSH-2.0-OpenSSH_9.6\r\n", "HTPP/1.1 200 OK\r\n\r\n", "HTTP/banana\r\n\r\n",
				"HTTP/1.1 two hundred\r\n\r\n", "220 mail.test ESMTP\r\n", "{\"error\":\"no\"}",
				"\u0015\u0003\u0003")) {
			samples.add(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
		}
		Random random = new Random(21);
		for (int i = 0; i < 4; i++) {
			byte[] bytes = new byte[200];
			random.nextBytes(bytes);
			samples.add(bytes);
		}
		return samples;
	}

}
