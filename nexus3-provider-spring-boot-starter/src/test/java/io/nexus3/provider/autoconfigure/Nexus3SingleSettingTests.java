package io.nexus3.provider.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.config.ProvidersConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each setting that has a default counts where it is the only one that is set.
 */
class Nexus3SingleSettingTests {

	private static final String PROVIDER = "nexus3.providers.main.";

	private static final String MODEL = "nexus3.models.fast.";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(Nexus3AutoConfiguration.class))
		.withPropertyValues(PROVIDER + "type=openrouter", MODEL + "provider=main", MODEL + "model-id=m");

	static Stream<String> settings() {
		return Stream.of(keys(PROVIDER + "timeouts.", TimeoutsProperties.class),
				keys(PROVIDER + "retry.", ProviderProperties.Retry.class),
				keys(PROVIDER + "limits.", ProviderProperties.Limits.class),
				keys(PROVIDER + "pool.", ProviderProperties.Pool.class),
				keys(PROVIDER + "options.", OptionsProperties.class),
				keys(MODEL + "timeouts.", TimeoutsProperties.class), keys(MODEL + "options.", OptionsProperties.class))
			.flatMap(List::stream)
			// Connections are the provider's.
			.filter((key) -> !key.startsWith(MODEL + "timeouts.connect"));
	}

	private static List<String> keys(String prefix, Class<? extends Record> properties) {
		List<String> keys = new ArrayList<>();
		for (RecordComponent component : properties.getRecordComponents()) {
			String name = component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
			keys.add(prefix + name + "=" + unusual(component));
		}
		return keys;
	}

	/** A value that is allowed and nobody's default. */
	private static String unusual(RecordComponent component) {
		if (component.getType() == Boolean.class) {
			return "false";
		}
		if (component.getType() == Double.class) {
			return component.getName().equals("backoff") ? "1.75" : "0.75";
		}
		if (component.getType() == Duration.class) {
			return "7s";
		}
		return (component.getType() == DataSize.class) ? "77KB" : "7";
	}

	@ParameterizedTest
	@MethodSource("settings")
	void aSettingCountsAlone(String setting) {
		assertThat(settled(setting)).isNotEqualTo(settled());
	}

	private List<Object> settled(String... settings) {
		List<Object> settled = new ArrayList<>();
		this.runner.withPropertyValues(settings).run((context) -> {
			ProvidersConfig config = context.getBean(ProvidersConfig.class);
			ProviderConfig provider = config.providers().get("main");
			settled.addAll(List.of(provider.calls(), provider.connections(), config.models().get("fast").calls()));
		});
		assertThat(settled).hasSize(3);
		return settled;
	}

}
