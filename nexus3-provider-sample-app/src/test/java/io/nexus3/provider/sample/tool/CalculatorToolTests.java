package io.nexus3.provider.sample.tool;

import java.time.Duration;
import java.util.Map;

import io.nexus3.provider.ToolArguments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CalculatorToolTests {

	@ParameterizedTest
	@CsvSource({ "12*7,84", "2 + 3 * 4,14", "(2 + 3) * 4,20", "10 - 4 - 3,3", "100 / 5 / 2,10", "-(3 - 5),2",
			"2 * -3,-6", "--4,4", "+7,7", "((((1))))+1,2", "1.50 + .5,2", "0 * 17,0" })
	void evaluatesSumsByTheRulesOfArithmetic(String expression, String value) {
		assertThat(Expression.evaluate(expression)).isEqualTo(value);
	}

	@Test
	void calculatesInDecimals() {
		assertThat(Expression.evaluate("0.1 + 0.2")).isEqualTo("0.3");
	}

	@Test
	void keepsAllDigitsOfLargeNumbers() {
		assertThat(Expression.evaluate("123456789012345678901234567890 * 10"))
			.isEqualTo("1234567890123456789012345678900");
	}

	@Test
	void roundsADivisionThatDoesNotEnd() {
		assertThat(Expression.evaluate("1/3")).startsWith("0.333333").hasSize(36);
	}

	@Test
	void refusesToDivideByZero() {
		assertFails("1 / (2 - 2)", "Division by zero");
	}

	@ParameterizedTest
	@CsvSource({ "'',1", "2 +,4", "2 + * 3,5", "(1 + 2,7", "1 + 2),6", "1.2.3,4", "2 ^ 3,3", "3 apples,3", ".,1" })
	void saysWhereAnExpressionIsWrong(String expression, int position) {
		assertFails(expression, "at position " + position + " of");
	}

	@Test
	void runsNoCode() {
		assertFails("java.lang.System.exit(1)", "Expected a number at position 1");
	}

	@Test
	void refusesANulCharacterInPlaceOfTheEnd() {
		assertFails("1\0+2", "Expected an operator or the end");
	}

	@Test
	void refusesDeepNesting() {
		assertFails("(".repeat(100) + "1" + ")".repeat(100), "nested deeper than 50 levels");
	}

	@Test
	void refusesLongExpressions() {
		assertFails("1+".repeat(300) + "1", "longer than 500 characters");
	}

	@Test
	void answersACallWithTheValue() {
		StepVerifier.create(new CalculatorTool().call(ToolArguments.of(Map.of("expression", "12*7"))))
			.expectNext("84")
			.expectComplete()
			.verify(Duration.ofSeconds(5));
	}

	@Test
	void asksForTheExpressionWhenItIsNoText() {
		StepVerifier.create(new CalculatorTool().call(ToolArguments.of(Map.of("expression", 12))))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(ToolFailedException.class)
				.hasMessageContaining("\"expression\""))
			.verify(Duration.ofSeconds(5));
	}

	private static void assertFails(String expression, String message) {
		assertThatExceptionOfType(ToolFailedException.class).isThrownBy(() -> Expression.evaluate(expression))
			.withMessageContaining(message);
	}

}
