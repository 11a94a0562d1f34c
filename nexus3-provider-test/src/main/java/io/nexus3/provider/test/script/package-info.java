/**
 * Scripts for simulated providers that read like what they do, and assertions on the
 * requests that came.
 */
@NullMarked
package io.nexus3.provider.test.script;

import org.jspecify.annotations.NullMarked;
