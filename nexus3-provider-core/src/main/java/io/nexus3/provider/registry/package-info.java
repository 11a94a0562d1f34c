/**
 * Joins protocol and transport, and hands out providers by alias.
 */
@NullMarked
package io.nexus3.provider.registry;

import org.jspecify.annotations.NullMarked;
