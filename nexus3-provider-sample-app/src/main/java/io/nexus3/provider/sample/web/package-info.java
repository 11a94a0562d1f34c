/**
 * The chat over HTTP: JSON in, server-sent events out.
 */
@NullMarked
package io.nexus3.provider.sample.web;

import org.jspecify.annotations.NullMarked;
