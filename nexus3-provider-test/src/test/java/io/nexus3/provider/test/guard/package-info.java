/**
 * Watches the whole test run for buffers that are not released.
 */
@NullMarked
package io.nexus3.provider.test.guard;

import org.jspecify.annotations.NullMarked;
