package io.nexus3.provider.registry;

import io.nexus3.provider.VendorError;
import io.nexus3.provider.transport.Redactor;
import org.jspecify.annotations.Nullable;

/**
 * Takes a key out of everything that a vendor said.
 *
 * @param redactor knows the key
 */
record VendorRedaction(Redactor redactor) {

	VendorError redact(VendorError error) {
		Object code = (error.code() instanceof String text) ? this.redactor.redactCut(text) : error.code();
		return new VendorError(error.status(), redact(error.type()), code, redact(error.message()),
				(error.body() != null) ? this.redactor.redactCut(error.body()) : null, redact(error.requestId()));
	}

	private @Nullable String redact(@Nullable String text) {
		return (text != null) ? this.redactor.redactCut(text) : null;
	}

}
