/**
 * What the library does when much goes on at once, or much goes wrong: whether anything
 * is lost, mixed, leaked or left hanging.
 */
@NullMarked
package io.nexus3.provider.load;

import org.jspecify.annotations.NullMarked;
