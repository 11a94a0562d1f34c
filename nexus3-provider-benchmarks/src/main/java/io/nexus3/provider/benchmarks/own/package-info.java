/**
 * Our own client, and what stands below it: plain WebClient and drains that read bytes
 * and nothing else.
 */
@NullMarked
package io.nexus3.provider.benchmarks.own;

import org.jspecify.annotations.NullMarked;
