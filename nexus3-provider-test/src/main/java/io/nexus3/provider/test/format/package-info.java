/**
 * The seam between a simulated server and the wire format it speaks: what every vendor
 * has to say about requests, answers and errors.
 */
@NullMarked
package io.nexus3.provider.test.format;

import org.jspecify.annotations.NullMarked;
