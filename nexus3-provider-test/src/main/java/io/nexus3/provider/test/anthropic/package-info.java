/**
 * Anthropic's messages format as its vendor documents it: what is refused, how answers
 * and errors look, which generation of models takes what.
 */
@NullMarked
package io.nexus3.provider.test.anthropic;

import org.jspecify.annotations.NullMarked;
