/**
 * Exchanges with real servers, recorded without keys and played back in tests.
 */
@NullMarked
package io.nexus3.provider.test.recording;

import org.jspecify.annotations.NullMarked;
