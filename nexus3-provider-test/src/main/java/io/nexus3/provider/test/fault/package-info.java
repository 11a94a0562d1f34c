/**
 * A TCP proxy on loopback that spoils what passes through it as a bad network would:
 * slowly, in pieces, cut off or not at all; it knows nothing of HTTP.
 */
@NullMarked
package io.nexus3.provider.test.fault;

import org.jspecify.annotations.NullMarked;
