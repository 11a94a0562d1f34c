/**
 * A simulated language model: deterministic answers to prompts, apart from any wire
 * format.
 */
@NullMarked
package io.nexus3.provider.test.model;

import org.jspecify.annotations.NullMarked;
