/**
 * The only package that touches the network.
 */
@NullMarked
package io.nexus3.provider.transport;

import org.jspecify.annotations.NullMarked;
