/**
 * Spring AI as an application uses it.
 */
@NullMarked
package io.nexus3.provider.benchmarks.springai;

import org.jspecify.annotations.NullMarked;
