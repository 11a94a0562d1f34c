package io.nexus3.provider.transport.address;

/**
 * Runs cases of the endpoint policy suite that need a whole HTTP client: redirects and
 * proxies. Implementations are found by {@link java.util.ServiceLoader}, so that the
 * client's tests can bring theirs.
 */
public interface RuntimeCaseRunner {

	/**
	 * Whether this runner can run a case.
	 * @param suiteCase the case
	 * @return whether it can
	 */
	boolean runs(SuiteCase suiteCase);

	/**
	 * Run a case without contacting any host but loopback.
	 * @param suiteCase the case
	 * @throws AssertionError when the client does not do what the case expects
	 */
	void run(SuiteCase suiteCase);

}
