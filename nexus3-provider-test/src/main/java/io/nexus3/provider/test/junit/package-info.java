/**
 * Simulated providers for tests on JUnit Jupiter, started and checked around each test.
 */
@NullMarked
package io.nexus3.provider.test.junit;

import org.jspecify.annotations.NullMarked;
