package io.nexus3.provider.benchmarks.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The class paths that the build has written, one for each module.
 *
 * @param root the folder of the benchmarks
 */
record ClassPaths(Path root) {

	/** The class path of a module, with its own classes first. */
	String of(String module) throws IOException {
		Path target = this.root.resolve(module).resolve("target");
		return target.resolve("classes") + File.pathSeparator
				+ Files.readString(target.resolve("class-path.txt")).strip();
	}

}
