package io.nexus3.provider.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.ContentDelta;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.test.Dialect;
import io.nexus3.provider.test.SimulatedProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The kinds of applications that use the starter: reactive, servlet, and none of both.
 */
class Nexus3ApplicationKindTests {

	/** What only other tests of this module need, or applications of another kind. */
	private static final Pattern OTHERS = Pattern.compile("tomcat|webmvc|spring-boot-servlet|spring-boot-web-server"
			+ "|spring-boot-(starter-)?(webflux|reactor-netty)|spring-boot-netty|actuator|spring-boot-health|docker-compose"
			+ "|micrometer-(core|registry|tracing|jakarta9)|spring-boot-(starter-)?micrometer|opentelemetry|prometheus"
			+ "|wiremock");

	private static final String WEBFLUX = "spring-boot-(starter-)?(webflux|reactor-netty)|spring-boot-(netty|web-server)";

	private static final String WEBMVC = "webmvc|tomcat|spring-boot-(servlet|web-server)";

	private static final String NOTHING = "$^";

	@TempDir
	private Path directory;

	private final SimulatedProvider server = SimulatedProvider.start(Dialect.OPENAI);

	@AfterEach
	void stop() {
		this.server.close();
	}

	private Map<String, Object> properties() {
		return new HashMap<>(Map.of("nexus3.providers.box.type", "openai", "nexus3.providers.box.base-url",
				this.server.baseUrl(), "nexus3.providers.box.api-key", "sk-test", "nexus3.models.fast.model-id",
				"model-1", "nexus3.default-model", "fast"));
	}

	@Test
	void aReactiveApplicationStreams() {
		try (StartedApplication application = StartedApplication.start(Web.class, WebApplicationType.REACTIVE,
				properties())) {
			assertThat(application.text("/stream")).contains("data:").contains("Good");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aServletApplicationAnswersAndStreams(boolean virtualThreads) {
		Map<String, Object> properties = properties();
		properties.put("spring.threads.virtual.enabled", virtualThreads);
		try (StartedApplication application = StartedApplication.start(Web.class, WebApplicationType.SERVLET,
				properties)) {
			assertThat(application.text("/answer")).contains("Good morning");
			assertThat(application.text("/blocking")).contains("Good morning");
			assertThat(application.text("/stream")).contains("data:").contains("Good");
		}
	}

	@Test
	void anApplicationWithoutAWebServerEndsByItself() throws Exception {
		assertThat(run(NOTHING, CommandLine.class)).contains("The model says: ", "Good morning")
			.doesNotContain(" started on port ");
	}

	@ParameterizedTest
	@CsvSource({ WEBFLUX + ", AnnotationConfigReactiveWebServerApplicationContext",
			WEBMVC + ", AnnotationConfigServletWebServerApplicationContext" })
	void aWebApplicationNeedsOnlyItsOwnStarterBesideOurs(String webStarter, String context) throws Exception {
		assertThat(run(webStarter, WebServer.class)).contains("Context: " + context)
			.containsPattern("/answer says: 200 .*Good morning")
			.containsPattern("/stream says: 200 data:.*Good");
	}

	/** Run a main class in a process of its own, to the end that it finds by itself. */
	private String run(String besideTheStarter, Class<?> main) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
						starterAnd(besideTheStarter), main.getName(), "--server.port=0"));
		properties().forEach((name, value) -> command.add("--" + name + "=" + value));
		Path output = this.directory.resolve("output");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ended by itself").isTrue();
			assertThat(process.exitValue()).as(Files.readString(output)).isZero();
			return Files.readString(output);
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static String starterAnd(String others) {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).filter((entry) -> {
			String file = Path.of(entry).getFileName().toString();
			return !OTHERS.matcher(file).find() || Pattern.compile(others).matcher(file).find();
		}).collect(Collectors.joining(File.pathSeparator));
	}

	/**
	 * As after a restart by DevTools, which closes the context and goes on in the same
	 * process.
	 */
	@Test
	void nothingIsLeftWhenAnApplicationIsClosed() {
		runOnce();
		Set<Thread> before = threads();
		runOnce();
		Awaitility.await()
			.pollInSameThread()
			.atMost(60, TimeUnit.SECONDS)
			.untilAsserted(() -> assertThat(threads().stream().filter((thread) -> !before.contains(thread)).toList())
				.allMatch(Nexus3ApplicationKindTests::belongsToTheProcess));
		assertThat(this.server.requests()).hasSize(2);
		Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> this.server.server().openConnections() == 0);
	}

	private void runOnce() {
		SpringApplication application = new SpringApplication(Web.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setDefaultProperties(properties());
		application.setRegisterShutdownHook(false);
		try (var context = application.run()) {
			context.getBean(ProviderRegistry.class).getForModel().complete("Good morning").block();
		}
	}

	private static Set<Thread> threads() {
		return Set.copyOf(Thread.getAllStackTraces().keySet());
	}

	/** Reactor's shared schedulers, the simulated server and the JDK's cleaners. */
	private static boolean belongsToTheProcess(Thread thread) {
		return thread.isDaemon() && !thread.getName().contains("nexus3-box");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@RestController
	static class Web {

		private final ProviderRegistry registry;

		Web(ProviderRegistry registry) {
			this.registry = registry;
		}

		@GetMapping("/answer")
		Mono<String> answer() {
			return this.registry.getForModel().complete("Good morning").map(AssistantMessage::text);
		}

		@GetMapping("/blocking")
		Mono<String> blocking() {
			String text = this.registry.getForModel().complete("Good morning").map(AssistantMessage::text).block();
			return Mono.justOrEmpty(text);
		}

		@GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flux<String> stream() {
			return this.registry.getForModel()
				.stream("Good morning")
				.ofType(ContentDelta.class)
				.map(ContentDelta::text);
		}

	}

	/** Asks itself, and goes. */
	static class WebServer {

		public static void main(String[] args) throws Exception {
			try (ConfigurableApplicationContext context = SpringApplication.run(Web.class, args)) {
				System.out.println("Context: " + context.getClass().getSimpleName());
				String address = "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
				for (String path : List.of("/answer", "/stream")) {
					HttpResponse<String> response = HttpClient.newHttpClient()
						.send(HttpRequest.newBuilder(URI.create(address + path)).build(), BodyHandlers.ofString());
					System.out.println(path + " says: " + response.statusCode() + " "
							+ response.body().replaceAll("\\s*\\n", " "));
				}
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class CommandLine {

		public static void main(String[] args) {
			SpringApplication.run(CommandLine.class, args);
		}

		@Bean
		CommandLineRunner ask(ProviderRegistry registry) {
			return (args) -> System.out
				.println("The model says: " + registry.getForModel().complete("Good morning").block().text());
		}

	}

}
