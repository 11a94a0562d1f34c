/**
 * The narrow waist between protocols and transport: requests, responses and stream frames
 * as bytes.
 */
@NullMarked
package io.nexus3.provider.wire;

import org.jspecify.annotations.NullMarked;
