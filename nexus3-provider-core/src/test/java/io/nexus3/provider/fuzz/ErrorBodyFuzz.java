package io.nexus3.provider.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Run by Jazzer, not by the ordinary build: see CONTRIBUTING.
 */
class ErrorBodyFuzz {

	@FuzzTest
	void fuzz(byte[] input) {
		FuzzTarget.ERROR_BODY.run(input);
	}

}
