package io.nexus3.provider.test.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.nexus3.provider.test.Dialect;

/**
 * Puts a simulated provider in the place of one that the application is configured with:
 * sets {@code nexus3.providers.<name>.base-url}, {@code type} and {@code api-key} to a
 * server on loopback, over whatever the application says. The beans
 * {@code <name>SimulatedProvider} and {@code <name>ProviderScript} can be injected, by
 * type if there is one provider only. A test fails if its script has answers left; script
 * and received requests are cleared after each test. <pre class="code">
 * &#64;SpringBootTest
 * &#64;AutoConfigureSimulatedProvider(name = "openai")
 * class SummariesTests {
 *
 * 	&#64;Autowired
 * 	private ProviderScript script;
 *
 * }
 * </pre>
 *
 * @since 0.1.0
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(AutoConfigureSimulatedProvider.All.class)
public @interface AutoConfigureSimulatedProvider {

	/**
	 * Name of the provider in the configuration of the application.
	 * @return the name
	 */
	String name() default "openai";

	/**
	 * Server to simulate; it decides the type of the provider too.
	 * @return the dialect
	 */
	Dialect dialect() default Dialect.OPENAI;

	/**
	 * Key that the application sends, and without which the server refuses.
	 * @return the key, not empty
	 */
	String apiKey() default "simulated-key";

	/**
	 * Several simulated providers.
	 *
	 * @since 0.1.0
	 */
	@Documented
	@Inherited
	@Target(ElementType.TYPE)
	@Retention(RetentionPolicy.RUNTIME)
	@interface All {

		/**
		 * The providers.
		 * @return one annotation each
		 */
		AutoConfigureSimulatedProvider[] value();

	}

}
