/**
 * The vendors' own libraries as an application uses them.
 */
@NullMarked
package io.nexus3.provider.benchmarks.vendor;

import org.jspecify.annotations.NullMarked;
