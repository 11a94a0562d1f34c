/**
 * The catalogue of provider types: name, defaults, endpoint and protocol as data.
 */
@NullMarked
package io.nexus3.provider.type;

import org.jspecify.annotations.NullMarked;
