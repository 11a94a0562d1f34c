/**
 * Wire JSON: one mapper of its own, a parser fed slice after slice, and raw values.
 */
@NullMarked
package io.nexus3.provider.protocol.json;

import org.jspecify.annotations.NullMarked;
