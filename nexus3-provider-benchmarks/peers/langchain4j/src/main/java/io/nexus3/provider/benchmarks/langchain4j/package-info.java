/**
 * LangChain4j as an application uses it.
 */
@NullMarked
package io.nexus3.provider.benchmarks.langchain4j;

import org.jspecify.annotations.NullMarked;
