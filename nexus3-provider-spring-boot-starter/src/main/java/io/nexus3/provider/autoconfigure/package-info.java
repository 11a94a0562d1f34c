/**
 * Spring Boot configuration of the provider layer: properties, their mapping to core's
 * values, auto-configuration, and failures told in the user's words.
 */
@NullMarked
package io.nexus3.provider.autoconfigure;

import org.jspecify.annotations.NullMarked;
