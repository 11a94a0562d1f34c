/**
 * Every fault of transport and protocol that a provider can show, row by row.
 */
@NullMarked
package io.nexus3.provider.fault;

import org.jspecify.annotations.NullMarked;
