package io.nexus3.provider.fault;

import java.util.List;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.fault.FaultTable.FaultRows;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servers that say no.
 */
final class RefusalFaults implements FaultRows {

	@Override
	public void addTo(FaultTable table) {
		table.row("F49", "400 and 422 are not retried and say what was wrong", RefusalFaults::invalidRequest);
	}

	private static void invalidRequest(FaultFormat format) {
		for (int status : List.of(400, 422)) {
			for (boolean stream : List.of(false, true)) {
				try (Scene scene = format.scene(Scene.retrying(3),
						format.refusal(status, "invalid_request_error", "no such field"))) {
					ProviderException error = scene.error(stream);
					assertThat(error.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
					assertThat(error.status()).isEqualTo(status);
					assertThat(error).hasMessageContaining("no such field");
					assertThat(scene.requests()).isEqualTo(1);
				}
			}
		}
	}

}
