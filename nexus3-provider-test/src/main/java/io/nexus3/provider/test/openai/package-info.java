/**
 * The server's side of OpenAI's chat completions, in the dialects of the servers that
 * speak it.
 */
@NullMarked
package io.nexus3.provider.test.openai;

import org.jspecify.annotations.NullMarked;
