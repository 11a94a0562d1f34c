package io.nexus3.provider.test.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.nexus3.provider.test.Dialect;
import io.nexus3.provider.test.SimulatedProvider;
import io.nexus3.provider.test.script.ProviderScript;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class a simulated provider, as parameters of the types
 * {@link SimulatedProvider} and {@link ProviderScript}. A test fails if the script has
 * answers left at its end. <pre class="code">
 * &#64;SimulatedProviderTest
 * class SummariesTests {
 *
 * 	&#64;Test
 * 	void saysWhatTheModelSays(SimulatedProvider provider, ProviderScript script) {
 * 		script.next().answer(text("Short."));
 * 		assertThat(summaries(provider.baseUrl()).of("Long.")).isEqualTo("Short.");
 * 	}
 *
 * }
 * </pre>
 *
 * @since 0.1.0
 * @see SimulatedProviderExtension
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SimulatedProviderExtension.class)
public @interface SimulatedProviderTest {

	/**
	 * Server to simulate.
	 * @return the dialect
	 */
	Dialect dialect() default Dialect.OPENAI;

	/**
	 * Key without which requests are refused.
	 * @return the key; empty to accept any
	 */
	String apiKey() default "";

	/**
	 * Models that the server has.
	 * @return their ids; empty for any
	 */
	String[] models() default {};

	/**
	 * Whether one server serves all tests of the class, where a client is made once. Its
	 * script and its log of requests are cleared after each test all the same.
	 * @return {@code false} for a server per test
	 */
	boolean perClass() default false;

	/**
	 * Whether requests that the script has no answer for are refused, and reported at the
	 * end of the test. Otherwise they get the usual answer.
	 * @return {@code true} to refuse them
	 */
	boolean refuseOthers() default false;

}
