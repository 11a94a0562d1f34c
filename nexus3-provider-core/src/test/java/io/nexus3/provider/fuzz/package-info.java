/**
 * Feeds whatever comes to everything that reads what a server, or a configuration, says:
 * the corpus and seeded mutations of it in every build, and Jazzer on demand.
 */
@NullMarked
package io.nexus3.provider.fuzz;

import org.jspecify.annotations.NullMarked;
