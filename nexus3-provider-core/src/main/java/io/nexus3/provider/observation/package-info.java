/**
 * What calls look like to Micrometer: one observation per call, one below it per attempt,
 * and meters, in the names of OpenTelemetry's conventions for generative AI.
 */
@NullMarked
package io.nexus3.provider.observation;

import org.jspecify.annotations.NullMarked;
