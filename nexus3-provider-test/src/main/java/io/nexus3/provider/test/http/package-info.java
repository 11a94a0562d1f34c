/**
 * A scripted HTTP/1.1 server on loopback that records what it receives and answers byte
 * for byte as a test wants it, faults included; it knows nothing of language models.
 */
@NullMarked
package io.nexus3.provider.test.http;

import org.jspecify.annotations.NullMarked;
