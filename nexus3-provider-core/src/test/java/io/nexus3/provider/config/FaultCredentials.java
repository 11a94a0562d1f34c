package io.nexus3.provider.config;

import java.util.Map;

/**
 * Environment variables that a test makes up.
 */
public final class FaultCredentials {

	private FaultCredentials() {
	}

	public static CredentialSource environment(String variable, Map<String, String> environment) {
		return new EnvironmentCredential(variable, environment::get);
	}

}
