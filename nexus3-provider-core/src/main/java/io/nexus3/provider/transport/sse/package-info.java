/**
 * Server-sent events, decoded from bytes as they arrive and handed over as bytes.
 */
@NullMarked
package io.nexus3.provider.transport.sse;

import org.jspecify.annotations.NullMarked;
