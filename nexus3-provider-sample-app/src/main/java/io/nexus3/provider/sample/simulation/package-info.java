/**
 * Simulated providers inside the application, so that it runs with no key and no network.
 */
@NullMarked
package io.nexus3.provider.sample.simulation;

import org.jspecify.annotations.NullMarked;
