package io.nexus3.provider.test.vendor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * The scripts of {@code src/test/js} in a folder below {@code target}, with the packages
 * of their lock file. They are installed by the first test that needs them and stay until
 * the lock file changes. Tests that cannot have them are skipped and say why.
 */
final class NodePackages {

	private static final long WATCHDOG_SECONDS = 120;

	/** What says that our own files are wrong, and not the way to the registry. */
	private static final List<String> OUR_FAULT = List.of("EUSAGE", "EINTEGRITY", "EJSONPARSE", "EBADENGINE",
			"ETARGET");

	private NodePackages() {
	}

	/**
	 * Copies the scripts and installs what they need.
	 * @return the folder with scripts and packages
	 * @throws org.opentest4j.TestAbortedException if node, npm or the registry is not
	 * there
	 */
	static Path installed() throws IOException, InterruptedException {
		Path module = Path.of(System.getProperty("nexus3.project.root", "..")).resolve("nexus3-provider-test");
		Path folder = Files.createDirectories(module.resolve("target/javascript-clients"));
		List<String> node = run(folder, 20, "node", "--version");
		if (!node.get(0).matches("v(2\\d|[3-9]\\d)\\..*")) {
			abort("The vendors' JavaScript clients need node 20 or later, and this is " + node.get(0));
		}
		run(folder, 20, "npm", "--version");
		copy(module.resolve("src/test/js"), folder);
		Path mark = folder.resolve("installed-lock.json");
		Path lock = folder.resolve("package-lock.json");
		if (Files.exists(mark) && Files.mismatch(mark, lock) < 0) {
			return folder;
		}
		Files.deleteIfExists(mark);
		run(folder, WATCHDOG_SECONDS, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline",
				"--fetch-retries=1", "--fetch-retry-mintimeout=500", "--fetch-timeout=30000");
		Files.copy(lock, mark, StandardCopyOption.REPLACE_EXISTING);
		return folder;
	}

	private static void copy(Path from, Path to) throws IOException {
		List<Path> files = new ArrayList<>();
		try (Stream<Path> all = Files.list(from)) {
			all.filter(Files::isRegularFile).forEach(files::add);
		}
		for (Path file : files) {
			Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
		}
	}

	private static List<String> run(Path folder, long seconds, String... command)
			throws IOException, InterruptedException {
		String name = String.join(" ", List.of(command).subList(0, 2));
		Path log = folder.resolve(name.replaceAll("\\W+", "-") + ".log");
		Process process = started(folder, log, command);
		if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
			abort("'" + name + "' did not end within " + seconds
					+ " s, so the vendors' JavaScript clients are not asked");
		}
		List<String> output = Files.readAllLines(log);
		if (process.exitValue() != 0) {
			if (OUR_FAULT.stream().anyMatch((code) -> output.stream().anyMatch((line) -> line.contains(code)))) {
				fail("'%s' does not take src/test/js:%n%s", name, String.join("\n", output));
			}
			abort("'" + name + "' failed, so the vendors' JavaScript clients are not asked:\n"
					+ String.join("\n", output.subList(0, Math.min(8, output.size()))));
		}
		return output;
	}

	private static Process started(Path folder, Path log, String... command) throws IOException {
		try {
			return new ProcessBuilder(command).directory(folder.toFile())
				.redirectErrorStream(true)
				.redirectOutput(log.toFile())
				.start();
		}
		catch (IOException ex) {
			if (Files.isDirectory(folder)) {
				abort("There is no " + command[0] + " here, so the vendors' JavaScript clients are not asked: "
						+ ex.getMessage());
			}
			throw ex;
		}
	}

}
