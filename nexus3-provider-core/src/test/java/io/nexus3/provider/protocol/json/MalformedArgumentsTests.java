package io.nexus3.provider.protocol.json;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MalformedArgumentsTests {

	@Test
	void tellsTheModelWhatIsWrongAndNothingAboutTheParser() {
		assertThat(WireJson.toolArguments("{\"expression\":\"12*7\"").problem())
			.isEqualTo("The arguments are malformed JSON: Unexpected end-of-input: expected close marker for Object,"
					+ " at line 1, column 21");
	}

}
