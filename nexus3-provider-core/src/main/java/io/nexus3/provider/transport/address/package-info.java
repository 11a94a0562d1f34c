/**
 * Looks up hosts and lets only addresses through that the address policy allows.
 */
@NullMarked
package io.nexus3.provider.transport.address;

import org.jspecify.annotations.NullMarked;
