/**
 * A server below HTTP for tests: what goes over each connection, byte by byte, and how
 * the connection ends.
 */
@NullMarked
package io.nexus3.provider.test.raw;

import org.jspecify.annotations.NullMarked;
