/**
 * The caller's vocabulary: providers, messages, tools, events and errors.
 */
@NullMarked
package io.nexus3.provider;

import org.jspecify.annotations.NullMarked;
