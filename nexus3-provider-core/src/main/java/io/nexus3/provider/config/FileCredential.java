package io.nexus3.provider.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A key from a file, such as a mounted secret, read each time it is asked for and never
 * on an event loop. A file that is not there or empty is a missing key.
 *
 * @param file the file, which holds the key and perhaps blanks around it
 */
record FileCredential(Path file) implements CredentialSource {

	/** No key is longer; whatever is, is another file. */
	private static final int MAX_BYTES = 64 * 1024;

	@Override
	public Mono<ApiKey> get() {
		return Mono.fromCallable(this::read).subscribeOn(Schedulers.boundedElastic());
	}

	private @Nullable ApiKey read() {
		try {
			if (!Files.isRegularFile(this.file)) {
				return null;
			}
			if (Files.size(this.file) > MAX_BYTES) {
				throw new IllegalArgumentException("The " + description() + " is too long to hold a key");
			}
			String text = Files.readString(this.file, StandardCharsets.ISO_8859_1);
			return text.isBlank() ? null : ApiKey.of(text);
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("The " + description() + " cannot be read: " + ex.getMessage(), ex);
		}
	}

	@Override
	public boolean refreshable() {
		return true;
	}

	@Override
	public String description() {
		return "file " + this.file;
	}

}
