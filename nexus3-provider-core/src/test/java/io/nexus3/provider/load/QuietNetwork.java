package io.nexus3.provider.load;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * Silences Reactor Netty, which warns of every connection that breaks, while thousands
 * are broken on purpose, and listens for what must not be logged even then.
 */
final class QuietNetwork implements AutoCloseable {

	private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	private final Logger netty = (Logger) LoggerFactory.getLogger("reactor.netty");

	private final Level before = this.netty.getLevel();

	private final List<String> errors = new CopyOnWriteArrayList<>();

	private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
		@Override
		protected void append(ILoggingEvent event) {
			if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
				QuietNetwork.this.errors.add(event.toString());
			}
		}
	};

	QuietNetwork() {
		this.netty.setLevel(Level.ERROR);
		this.appender.start();
		this.root.addAppender(this.appender);
	}

	/** What was logged as an error: leaks, and errors that nobody handled. */
	List<String> errors() {
		return this.errors;
	}

	@Override
	public void close() {
		this.root.detachAppender(this.appender);
		this.netty.setLevel(this.before);
	}

}
