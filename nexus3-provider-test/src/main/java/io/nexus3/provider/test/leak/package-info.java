/**
 * Finds buffers that a suite of tests has leaked.
 */
@NullMarked
package io.nexus3.provider.test.leak;

import org.jspecify.annotations.NullMarked;
