/**
 * Tests that the documentation shows word for word.
 */
@NullMarked
package io.nexus3.provider.documented;

import org.jspecify.annotations.NullMarked;
