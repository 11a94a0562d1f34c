/**
 * What the vendors' own clients make of simulated providers.
 */
@NullMarked
package io.nexus3.provider.test.vendor;

import org.jspecify.annotations.NullMarked;
