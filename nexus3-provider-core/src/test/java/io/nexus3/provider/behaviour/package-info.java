/**
 * What the library does, behaviour by behaviour.
 */
@NullMarked
package io.nexus3.provider.behaviour;

import org.jspecify.annotations.NullMarked;
