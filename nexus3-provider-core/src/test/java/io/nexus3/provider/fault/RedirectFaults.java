package io.nexus3.provider.fault;

import java.util.List;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.http.ScriptedServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servers that point elsewhere.
 */
final class RedirectFaults implements FaultRows {

	@Override
	public void addTo(FaultTable table) {
		table.row("F74", "a redirect is not followed, whatever it points to", RedirectFaults::redirect);
	}

	private static void redirect(FaultFormat format) {
		try (ScriptedServer elsewhere = ScriptedServer.start((request) -> format.good(false, "stolen"))) {
			List<String> targets = List.of(elsewhere.baseUrl() + "/v1/chat/completions",
					"http://localhost:" + elsewhere.port() + "/", "https://127.0.0.1:" + elsewhere.port() + "/v1",
					"//127.0.0.1:" + elsewhere.port() + "/v1", "http://169.254.169.254/latest/meta-data/", "/v1/other");
			for (int status : List.of(301, 302, 303, 307, 308)) {
				for (String target : targets) {
					for (boolean stream : List.of(false, true)) {
						refuse(format, status, target, stream);
					}
				}
			}
			assertThat(elsewhere.acceptedConnections()).isZero();
		}
	}

	private static void refuse(FaultFormat format, int status, String target, boolean stream) {
		try (Scene scene = format.scene(Scene.retrying(3),
				ScriptedResponse.status(status).withHeader("Location", target))) {
			ProviderException error = ExpectedError.atOnce(ErrorKind.REDIRECT, scene, stream);
			assertThat(error.status()).isEqualTo(status);
		}
	}

}
