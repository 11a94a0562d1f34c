/**
 * What runs in a client's process: one way of calling a model, driven and measured.
 */
@NullMarked
package io.nexus3.provider.benchmarks.client;

import org.jspecify.annotations.NullMarked;
