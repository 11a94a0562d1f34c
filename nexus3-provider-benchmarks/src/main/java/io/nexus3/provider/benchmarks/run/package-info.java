/**
 * Runs scenarios over all clients, a round of each in turn, and writes what came of it.
 */
@NullMarked
package io.nexus3.provider.benchmarks.run;

import org.jspecify.annotations.NullMarked;
