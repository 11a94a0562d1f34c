package io.nexus3.provider.sample.browser;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.FileSystemUtils;

/**
 * A headless Chromium of its own, with an empty profile, driven through the DevTools
 * protocol.
 */
final class Chromium implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Chromium.class);

	private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");

	private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

	private final Process process;

	private final Path profile;

	private final DevTools tools;

	private Chromium(Process process, Path profile, DevTools tools) {
		this.process = process;
		this.profile = profile;
		this.tools = tools;
	}

	/** Asked by name where tests need a browser. */
	static boolean installed() {
		boolean installed = executable().isPresent();
		if (!installed) {
			logger.warn("There is no Chromium on the path, the page is not tested: apt-get install chromium");
		}
		return installed;
	}

	private static Optional<Path> executable() {
		String path = System.getenv().getOrDefault("PATH", "");
		return Stream.of(path.split(File.pathSeparator))
			.flatMap((directory) -> NAMES.stream().map((name) -> Path.of(directory, name)))
			.filter(Files::isExecutable)
			.findFirst();
	}

	static Chromium start() throws Exception {
		Path profile = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "chromium");
		Process process = new ProcessBuilder(executable().orElseThrow().toString(), "--headless", "--no-sandbox",
				"--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run", "--hide-scrollbars",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--disable-extensions", "--remote-debugging-port=0", "--user-data-dir=" + profile, "about:blank")
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		try {
			URI address = address(process).get(DevTools.LIMIT.toSeconds(), TimeUnit.SECONDS);
			return new Chromium(process, profile, DevTools.connect(address));
		}
		catch (Exception ex) {
			process.destroyForcibly();
			throw ex;
		}
	}

	/** Reads on to the end: a full pipe would stop the browser. */
	private static CompletableFuture<URI> address(Process process) {
		CompletableFuture<URI> address = new CompletableFuture<>();
		Thread reader = new Thread(() -> {
			try (BufferedReader errors = new BufferedReader(
					new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
				for (String line = errors.readLine(); line != null; line = errors.readLine()) {
					Matcher matcher = LISTENING.matcher(line);
					if (matcher.find()) {
						address.complete(URI.create(matcher.group(1)));
					}
				}
				address.completeExceptionally(new IOException("Chromium ended"));
			}
			catch (IOException ex) {
				address.completeExceptionally(ex);
			}
		}, "chromium-errors");
		reader.setDaemon(true);
		reader.start();
		return address;
	}

	BrowserPage newPage() throws Exception {
		return BrowserPage.open(this.tools);
	}

	@Override
	public void close() {
		List<ProcessHandle> all = Stream.concat(this.process.descendants(), Stream.of(this.process.toHandle()))
			.toList();
		this.tools.close();
		this.process.destroy();
		for (ProcessHandle each : all) {
			try {
				each.onExit().get(DevTools.LIMIT.toSeconds(), TimeUnit.SECONDS);
			}
			catch (Exception ex) {
				each.destroyForcibly();
			}
		}
		try {
			FileSystemUtils.deleteRecursively(this.profile);
		}
		catch (IOException ex) {
			// It is below target: the next clean takes what is left.
		}
	}

}
