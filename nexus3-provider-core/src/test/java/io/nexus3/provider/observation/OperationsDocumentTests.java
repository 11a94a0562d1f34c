package io.nexus3.provider.observation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.nexus3.provider.ErrorKind;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What operators are given names what there is, and all of it.
 */
class OperationsDocumentTests {

	private static final Path DOCS = Path.of(System.getProperty("nexus3.project.root", "..")).resolve("docs");

	private static final Pattern NAME = Pattern.compile("\\b(?:gen_ai_|nexus3_|error_type|http_response_)\\w*");

	@Test
	void theDashboardAsksForMetricsAndLabelsThatExist() throws IOException {
		Set<String> known = prometheusNames();
		known.addAll(labels());
		assertThat(names(expressions())).isNotEmpty().isSubsetOf(known);
	}

	@Test
	void theDashboardShowsEveryMetric() throws IOException {
		Set<String> shown = names(expressions());
		assertThat(metrics())
			.allSatisfy((metric) -> assertThat(shown).anyMatch((name) -> name.startsWith(metric.replace('.', '_'))));
	}

	@Test
	void everyMetricIsExplained() throws IOException {
		String text = Files.readString(DOCS.resolve("operations.md"));
		assertThat(metrics()).allSatisfy((metric) -> assertThat(text).contains("`" + metric + "`"));
	}

	@Test
	void everyMetricThatIsExplainedExists() throws IOException {
		Set<String> known = prometheusNames();
		known.addAll(labels());
		assertThat(names(List.of(Files.readString(DOCS.resolve("operations.md"))))).isNotEmpty().isSubsetOf(known);
	}

	@Test
	void everyAttributeIsExplained() throws IOException {
		String text = Files.readString(DOCS.resolve("operations.md"));
		assertThat(Stream.of(ProviderObservation.values())
			.flatMap((observation) -> Stream.concat(Stream.of(observation.getLowCardinalityKeyNames()),
					Stream.of(observation.getHighCardinalityKeyNames())))
			.map(KeyName::asString)).allSatisfy((key) -> assertThat(text).contains("`" + key + "`"));
	}

	@Test
	void everyKindOfErrorIsExplained() throws IOException {
		String text = Files.readString(DOCS.resolve("operations.md"));
		assertThat(ErrorKind.values())
			.allSatisfy((kind) -> assertThat(text).contains("`" + kind.name().toLowerCase(Locale.ROOT) + "`"));
	}

	private static List<String> metrics() {
		List<String> metrics = new ArrayList<>(
				List.of(ProviderObservation.CALL_NAME, ProviderObservation.ATTEMPT_NAME));
		Stream.of(ProviderMeter.values()).map(ProviderMeter::getName).forEach(metrics::add);
		return metrics;
	}

	private static List<String> expressions() throws IOException {
		JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(DOCS.resolve("grafana-dashboard.json")));
		List<String> expressions = new ArrayList<>(dashboard.findValuesAsString("expr"));
		expressions.addAll(dashboard.findValuesAsString("definition"));
		return expressions;
	}

	private static Set<String> names(List<String> texts) {
		Set<String> names = new TreeSet<>();
		for (String text : texts) {
			Matcher matcher = NAME.matcher(text);
			while (matcher.find()) {
				names.add(matcher.group());
			}
		}
		return names;
	}

	private static Set<String> labels() {
		Stream<KeyName> keys = Stream.concat(
				Stream.of(ProviderObservation.values())
					.flatMap((observation) -> Stream.of(observation.getLowCardinalityKeyNames())),
				Stream.of(ProviderMeter.values()).flatMap((meter) -> Stream.of(meter.getKeyNames())));
		return keys.map((key) -> key.asString().replace('.', '_')).collect(Collectors.toSet());
	}

	/** The names of all time series that a scrape would give. */
	private static Set<String> prometheusNames() {
		PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		registry.config().meterFilter(new ProviderBuckets());
		for (String observation : List.of(ProviderObservation.CALL_NAME, ProviderObservation.ATTEMPT_NAME)) {
			Timer.builder(observation).register(registry);
			LongTaskTimer.builder(observation + ".active").register(registry);
		}
		for (ProviderMeter meter : ProviderMeter.values()) {
			switch (meter.getType()) {
				case COUNTER -> Counter.builder(meter.getName()).register(registry);
				case TIMER -> Timer.builder(meter.getName()).register(registry);
				case DISTRIBUTION_SUMMARY -> DistributionSummary.builder(meter.getName()).register(registry);
				case GAUGE -> Gauge.builder(meter.getName(), () -> 1).register(registry);
				default -> throw new IllegalStateException("Unknown type of " + meter);
			}
		}
		return registry.scrape()
			.lines()
			.filter((line) -> !line.startsWith("#"))
			.map((line) -> line.split("[{ ]")[0])
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
