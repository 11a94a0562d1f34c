package io.nexus3.provider.fault;

import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.behaviour.Scene;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every error of a call must be: typed, of a known call, and without the key.
 */
final class ExpectedError {

	private ExpectedError() {
	}

	static ProviderException of(ErrorKind kind, @Nullable ProviderException error) {
		assertThat(error).isNotNull();
		assertThat(error.kind()).as("%s", error).isEqualTo(kind);
		assertThat(error.provider()).isEqualTo("test");
		assertThat(error.model()).isEqualTo("gpt");
		assertThat(error.details().call().elapsed().isNegative()).isFalse();
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			assertThat(cause.toString()).doesNotContain(Scene.KEY);
		}
		assertThat(error.details().toString()).doesNotContain(Scene.KEY);
		return error;
	}

	/** An error that no other attempt could change. */
	static ProviderException atOnce(ErrorKind kind, Scene scene, boolean stream) {
		ProviderException error = of(kind, scene.error(stream));
		assertThat(error.attempts()).hasSize(1);
		assertThat(scene.requests()).isEqualTo(1);
		return error;
	}

}
