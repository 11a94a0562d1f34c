package io.nexus3.provider.actuate;

/**
 * Lets a provider begin anew with its configuration as it is now.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ProviderRefresh {

	/**
	 * Refresh a provider.
	 * @param provider its configured name
	 * @return whether there is a provider of that name
	 */
	boolean refresh(String provider);

}
