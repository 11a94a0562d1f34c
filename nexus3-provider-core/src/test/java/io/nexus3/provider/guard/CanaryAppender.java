package io.nexus3.provider.guard;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Reads all that is logged at any level, and writes nothing: it looks for keys.
 */
final class CanaryAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

	private static final LongAdder SCANNED = new LongAdder();

	private static final Queue<String> HITS = new ConcurrentLinkedQueue<>();

	/** Log everything, and look at it; what other appenders show is their own matter. */
	static void install() {
		Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		CanaryAppender appender = new CanaryAppender();
		appender.setContext(root.getLoggerContext());
		appender.start();
		root.setLevel(Level.TRACE);
		root.addAppender(appender);
	}

	static long scanned() {
		return SCANNED.sum();
	}

	static List<String> hits() {
		return List.copyOf(HITS);
	}

	@Override
	protected void append(ILoggingEvent event) {
		SCANNED.increment();
		String message = event.getFormattedMessage();
		if (shows(message) || shows(event.getThreadName()) || shows(event.getThrowableProxy())) {
			HITS.add(event.getLoggerName() + " " + event.getLevel() + ": " + message);
		}
	}

	private static boolean shows(@Nullable String text) {
		return text != null && text.contains(Canary.MARK);
	}

	private static boolean shows(@Nullable IThrowableProxy thrown) {
		if (thrown == null) {
			return false;
		}
		for (IThrowableProxy suppressed : thrown.getSuppressed()) {
			if (shows(suppressed)) {
				return true;
			}
		}
		return shows(thrown.getMessage()) || shows(thrown.getCause());
	}

}
