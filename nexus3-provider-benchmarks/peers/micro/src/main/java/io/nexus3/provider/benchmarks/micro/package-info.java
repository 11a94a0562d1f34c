/**
 * Micro-benchmarks of what has no network in it.
 */
@NullMarked
package io.nexus3.provider.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
