/**
 * Configuration as immutable values that cannot be wrong.
 */
@NullMarked
package io.nexus3.provider.config;

import org.jspecify.annotations.NullMarked;
