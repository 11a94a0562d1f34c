package io.nexus3.provider.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Run by Jazzer, not by the ordinary build: see CONTRIBUTING.
 */
class BaseUrlFuzz {

	@FuzzTest
	void fuzz(byte[] input) {
		FuzzTarget.BASE_URL.run(input);
	}

}
