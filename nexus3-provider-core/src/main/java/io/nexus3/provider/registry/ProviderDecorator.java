package io.nexus3.provider.registry;

import io.nexus3.provider.AsyncProvider;

/**
 * Wraps every provider that a registry makes, to add what concerns all calls: a cache, a
 * guard, a second opinion.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ProviderDecorator {

	/**
	 * Wrap a provider.
	 * @param provider the provider
	 * @param model which model at which provider it is
	 * @return the provider to use in its place
	 */
	AsyncProvider decorate(AsyncProvider provider, ResolvedModel model);

}
