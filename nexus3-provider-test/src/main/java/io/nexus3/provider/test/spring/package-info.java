/**
 * Simulated providers for tests with a Spring application context.
 */
@NullMarked
package io.nexus3.provider.test.spring;

import org.jspecify.annotations.NullMarked;
