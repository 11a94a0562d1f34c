/**
 * TLS for test servers: certificates made at run time, good ones and bad ones.
 */
@NullMarked
package io.nexus3.provider.test.tls;

import org.jspecify.annotations.NullMarked;
