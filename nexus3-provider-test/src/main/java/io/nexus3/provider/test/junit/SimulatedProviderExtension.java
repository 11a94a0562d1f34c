package io.nexus3.provider.test.junit;

import io.nexus3.provider.test.SimulatedProvider;
import io.nexus3.provider.test.script.ProviderScript;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts simulated providers for {@link SimulatedProviderTest}, hands them to test and
 * life cycle methods, verifies the script after each test and stops them. Nested classes
 * share the setting of the class around them.
 *
 * @since 0.1.0
 */
public final class SimulatedProviderExtension
		implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {

	private static final Namespace NAMESPACE = Namespace.create(SimulatedProviderExtension.class);

	/**
	 * Made by JUnit.
	 */
	public SimulatedProviderExtension() {
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		SimulatedProviderTest setting = setting(context);
		if (setting.perClass() && running(context) == null) {
			start(context, setting);
		}
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		SimulatedProviderTest setting = setting(context);
		Running running = running(context);
		if (running == null) {
			start(context, setting);
		}
		else if (setting.refuseOthers()) {
			running.script().refuseOthers();
		}
	}

	@Override
	public void afterEach(ExtensionContext context) {
		Running running = running(context);
		if (running == null) {
			return;
		}
		try {
			running.script().verify();
		}
		finally {
			running.script().reset();
			running.provider().server().clearExchanges();
			stopOwn(context);
		}
	}

	@Override
	public void afterAll(ExtensionContext context) {
		stopOwn(context);
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		Class<?> type = parameter.getParameter().getType();
		return type == SimulatedProvider.class || type == ProviderScript.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		Running running = running(context);
		if (running == null) {
			throw new ParameterResolutionException("There is a simulated provider for each test only: take it as a "
					+ "parameter of a test method or of @BeforeEach, or set perClass = true in @SimulatedProviderTest");
		}
		return (parameter.getParameter().getType() == ProviderScript.class) ? running.script() : running.provider();
	}

	private static void start(ExtensionContext context, SimulatedProviderTest setting) {
		SimulatedProvider.Builder builder = SimulatedProvider.builder()
			.dialect(setting.dialect())
			.models(setting.models());
		SimulatedProvider provider = (setting.apiKey().isEmpty() ? builder : builder.requireApiKey(setting.apiKey()))
			.start();
		ProviderScript script = ProviderScript.on(provider);
		if (setting.refuseOthers()) {
			script.refuseOthers();
		}
		store(context).put(key(context), new Running(provider, script));
	}

	/** Only the context that started a provider stops it; those below see it too. */
	private static void stopOwn(ExtensionContext context) {
		Running own = store(context).remove(key(context), Running.class);
		if (own != null) {
			own.provider().close();
		}
	}

	private static @Nullable Running running(ExtensionContext context) {
		for (ExtensionContext at = context; at != null; at = at.getParent().orElse(null)) {
			Running running = store(at).get(key(at), Running.class);
			if (running != null) {
				return running;
			}
		}
		return null;
	}

	private static SimulatedProviderTest setting(ExtensionContext context) {
		Class<?> type = context.getRequiredTestClass();
		for (Class<?> at = type; at != null; at = at.getEnclosingClass()) {
			SimulatedProviderTest setting = at.getAnnotation(SimulatedProviderTest.class);
			if (setting != null) {
				return setting;
			}
		}
		return Defaults.class.getAnnotation(SimulatedProviderTest.class);
	}

	private static Store store(ExtensionContext context) {
		return context.getStore(NAMESPACE);
	}

	private static String key(ExtensionContext context) {
		return context.getUniqueId();
	}

	/**
	 * A provider with its script.
	 *
	 * @param provider the provider
	 * @param script what it answers
	 */
	private record Running(SimulatedProvider provider, ProviderScript script) {
	}

	/**
	 * What holds where the extension is registered without the annotation.
	 */
	@SimulatedProviderTest
	private static final class Defaults {

	}

}
