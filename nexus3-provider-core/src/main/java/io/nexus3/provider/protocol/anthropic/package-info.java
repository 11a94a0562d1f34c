/**
 * The messages format of Anthropic and everything that speaks it.
 */
@NullMarked
package io.nexus3.provider.protocol.anthropic;

import org.jspecify.annotations.NullMarked;
