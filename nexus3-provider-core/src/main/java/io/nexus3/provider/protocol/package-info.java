/**
 * What a wire format is to the rest: encode a request, decode an answer, fold a stream.
 */
@NullMarked
package io.nexus3.provider.protocol;

import org.jspecify.annotations.NullMarked;
