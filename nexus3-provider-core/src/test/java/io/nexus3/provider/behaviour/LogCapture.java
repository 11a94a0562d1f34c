package io.nexus3.provider.behaviour;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is logged while it is open.
 */
public final class LogCapture implements AutoCloseable {

	private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	public LogCapture() {
		this.appender.start();
		this.root.addAppender(this.appender);
	}

	public List<String> atLeast(Level level) {
		return List.copyOf(this.appender.list)
			.stream()
			.filter((event) -> event.getLevel().isGreaterOrEqual(level))
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

	/** What this library says, at any level. */
	public List<String> ofThisLibrary() {
		return List.copyOf(this.appender.list)
			.stream()
			.filter((event) -> event.getLoggerName().startsWith("io.nexus3.provider"))
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

	public String text() {
		StringBuilder text = new StringBuilder();
		for (ILoggingEvent event : List.copyOf(this.appender.list)) {
			text.append(event.getFormattedMessage()).append('\n');
			for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
				text.append(cause.getMessage()).append('\n');
			}
		}
		return text.toString();
	}

	@Override
	public void close() {
		this.root.detachAppender(this.appender);
	}

}
