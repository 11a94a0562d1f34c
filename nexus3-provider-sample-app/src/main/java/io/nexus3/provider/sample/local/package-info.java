/**
 * Models that run on this machine, found when the application starts.
 */
@NullMarked
package io.nexus3.provider.sample.local;

import org.jspecify.annotations.NullMarked;
