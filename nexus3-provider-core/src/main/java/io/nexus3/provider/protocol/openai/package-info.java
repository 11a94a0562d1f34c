/**
 * The chat-completions format of OpenAI and everything that speaks it.
 */
@NullMarked
package io.nexus3.provider.protocol.openai;

import org.jspecify.annotations.NullMarked;
