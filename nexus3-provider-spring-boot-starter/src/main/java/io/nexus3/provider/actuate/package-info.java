/**
 * What an operator sees of the providers: health, an endpoint, recent calls.
 */
@NullMarked
package io.nexus3.provider.actuate;

import org.jspecify.annotations.NullMarked;
