/**
 * Tools that a model may call, and the loop that calls them; nothing here knows the web.
 */
@NullMarked
package io.nexus3.provider.sample.tool;

import org.jspecify.annotations.NullMarked;
