/**
 * Watches the whole test run for what no single test looks for: buffers that are not
 * released, calls that block an event loop, and keys that reach a log.
 */
@NullMarked
package io.nexus3.provider.guard;

import org.jspecify.annotations.NullMarked;
