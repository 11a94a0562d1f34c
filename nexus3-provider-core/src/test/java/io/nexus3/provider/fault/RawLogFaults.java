package io.nexus3.provider.fault;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import io.nexus3.provider.behaviour.LogCapture;
import io.nexus3.provider.behaviour.RecordedRawLog;
import io.nexus3.provider.behaviour.Scene;
import io.nexus3.provider.fault.FaultTable.FaultRows;
import io.nexus3.provider.test.http.Ending;
import io.nexus3.provider.test.http.ScriptedResponse;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What listeners and logs see of faults: every attempt once, and never the key.
 */
final class RawLogFaults implements FaultRows {

	private static final int ERROR_BODY = 10 * 1024;

	@Override
	public void addTo(FaultTable table) {
		table.row("F96", "raw logging of faults sees each attempt once and never the key", RawLogFaults::faults);
	}

	private static void faults(FaultFormat format) {
		try (Tracing tracing = new Tracing(); LogCapture log = new LogCapture()) {
			for (boolean stream : List.of(false, true)) {
				for (ScriptedResponse fault : faults(format, stream)) {
					seenOnce(format, stream, fault);
				}
			}
			assertThat(tracing.root.getLevel()).isEqualTo(Level.TRACE);
			List<String> lines = log.text().lines().toList();
			assertThat(lines).anyMatch((line) -> line.contains("HTTP POST"));
			assertThat(lines.stream().filter((line) -> line.contains(Scene.KEY))).as("lines with the key").isEmpty();
		}
	}

	private static List<ScriptedResponse> faults(FaultFormat format, boolean stream) {
		String echo = "denied for " + Scene.KEY + " and Bearer " + Scene.KEY;
		List<ScriptedResponse> faults = new ArrayList<>();
		for (int status : List.of(302, 400, 401, 404, 429, 500, 503, 529)) {
			faults.add(format.refusal(status, "some_error", echo).withHeader("X-Echo", echo));
		}
		faults.add(format.refusal(500, "some_error", (echo + " ").repeat(1000)));
		faults.add(ScriptedResponse.status(500).thenWrite("<html>" + echo));
		faults.add(ScriptedResponse.status(200).thenWrite("<html>" + echo));
		faults.add(ScriptedResponse.json(200, "{\"oops\":\"" + echo));
		faults.add(ScriptedResponse.json(200, format.errorBody("overloaded_error", echo)));
		faults.add(ScriptedResponse.sse(format.opening + "data: {\"oops\":\"" + echo + "\n\n"));
		faults.add(ScriptedResponse.sse(format.opening + format.errorEvent("overloaded_error", echo)));
		faults.add(ScriptedResponse.sse(format.start(echo)).withEnding(Ending.CLOSE));
		faults.add(ScriptedResponse.sse(format.start(echo)).oneBytePerWrite().withEnding(Ending.RESET));
		faults.add(ScriptedResponse.raw("HTTP/1.1 200 OK\r\nContent-Length: " + echo + "\r\n\r\n"));
		faults.add(ScriptedResponse.raw(echo + "\r\n\r\n"));
		faults.add(ScriptedResponse.raw("HTTP/9.9 " + echo + "\r\n" + Scene.KEY + "\r\n\r\n"));
		faults.add(ScriptedResponse.status(200).withHeader("Content-Encoding", Scene.KEY).thenWrite("x"));
		faults.add(ScriptedResponse.noAnswer(Ending.CLOSE));
		faults.add(ScriptedResponse.noAnswer(Ending.RESET));
		faults.add(format.good(stream, "fine"));
		return faults;
	}

	private static void seenOnce(FaultFormat format, boolean stream, ScriptedResponse fault) {
		try (Scene scene = format.scene(Scene.retrying(1), fault)) {
			RecordedRawLog rawLog = new RecordedRawLog();
			scene.registry.setRawLog(rawLog);
			Throwable error = null;
			try {
				scene.call(stream);
			}
			catch (RuntimeException ex) {
				error = ex;
			}
			for (Throwable cause = error; cause != null; cause = cause.getCause()) {
				assertThat(cause.toString()).doesNotContain(Scene.KEY);
			}
			for (int attempt = 1; attempt <= scene.requests(); attempt++) {
				assertThat(rawLog.starting("request " + attempt + " ")).hasSize(1);
				assertThat(rawLog.starting("end " + attempt + " ")).hasSize(1);
				assertThat(rawLog.starting("response " + attempt + " ")).hasSizeLessThanOrEqualTo(1);
			}
			assertThat(rawLog.starting("request")).hasSize(scene.requests());
			assertThat(rawLog.starting("end")).hasSize(scene.requests());
			assertThat(rawLog.lines).noneMatch((line) -> line.contains(Scene.KEY))
				.noneMatch((line) -> line.startsWith("request") && line.toLowerCase().contains("bearer"))
				.noneMatch((line) -> line.length() > ERROR_BODY + 200);
			assertThat(scene.trace.errors)
				.noneMatch((seen) -> (seen + " " + seen.details() + " " + seen.getCause()).contains(Scene.KEY));
		}
	}

	/** Everything is logged, and nothing printed, while it is open. */
	private static final class Tracing implements AutoCloseable {

		private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

		private final Level level = this.root.getLevel();

		private final List<Appender<ILoggingEvent>> silenced = new ArrayList<>();

		Tracing() {
			for (Iterator<Appender<ILoggingEvent>> all = this.root.iteratorForAppenders(); all.hasNext();) {
				this.silenced.add(all.next());
			}
			this.silenced.forEach(this.root::detachAppender);
			this.root.setLevel(Level.TRACE);
		}

		@Override
		public void close() {
			this.root.setLevel(this.level);
			this.silenced.forEach(this.root::addAppender);
		}

	}

}
