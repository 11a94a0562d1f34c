/**
 * An application that starts, says what that cost, and ends.
 */
@NullMarked
package io.nexus3.provider.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
