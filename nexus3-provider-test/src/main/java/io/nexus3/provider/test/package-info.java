/**
 * Simulated provider servers over real HTTP, independent of the library they test.
 */
@NullMarked
package io.nexus3.provider.test;

import org.jspecify.annotations.NullMarked;
