/**
 * The fake provider: bytes that were made before anybody asks for them.
 */
@NullMarked
package io.nexus3.provider.benchmarks.server;

import org.jspecify.annotations.NullMarked;
