/**
 * A chat application with the nexus3 provider starter, as any application would use it.
 */
@NullMarked
package io.nexus3.provider.sample;

import org.jspecify.annotations.NullMarked;
