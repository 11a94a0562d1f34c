package io.nexus3.provider.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An application that really runs, and a client that looks at it from outside.
 */
final class StartedApplication implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private final HttpClient client = HttpClient.newHttpClient();

	private StartedApplication(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static StartedApplication start(Class<?> source, WebApplicationType type, Map<String, Object> properties) {
		SpringApplication application = new SpringApplication(source);
		application.setWebApplicationType(type);
		application.setDefaultProperties(properties);
		application.setRegisterShutdownHook(false);
		// Reactor Netty 1.3.6 sometimes stops reading a connection that is kept (its
		// issue
		// 4361).
		return new StartedApplication(application.run("--server.port=0", "--server.netty.max-keep-alive-requests=1"));
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	HttpResponse<String> send(String method, String path) {
		String url = "http://localhost:" + this.context.getEnvironment().getProperty("local.server.port") + path;
		HttpRequest request = HttpRequest.newBuilder(URI.create(url))
			.timeout(Duration.ofSeconds(60))
			.header("Content-Type", "application/json")
			.method(method, HttpRequest.BodyPublishers.noBody())
			.build();
		try {
			return this.client.send(request, HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	String text(String path) {
		return send("GET", path).body();
	}

	JsonNode json(String path) {
		return JsonMapper.shared().readTree(text(path));
	}

	@Override
	public void close() {
		this.context.close();
	}

}
