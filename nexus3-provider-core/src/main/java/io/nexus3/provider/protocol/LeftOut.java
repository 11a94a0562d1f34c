package io.nexus3.provider.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settings of a request that its model or server would refuse, and which are therefore
 * not sent: nothing is lost in silence. The first such request to a model is warned of,
 * in one line that names the settings; what repeats is logged at debug level. One per
 * request; not thread-safe.
 *
 * @since 0.1.0
 */
public final class LeftOut {

	private static final Logger logger = LoggerFactory.getLogger(LeftOut.class);

	/** Model ids come from callers: without a bound they could fill the memory. */
	private static final int MAX_WARNED = 1000;

	private static final Set<String> warned = ConcurrentHashMap.newKeySet();

	private final List<String> settings = new ArrayList<>();

	/**
	 * Take note of a setting.
	 * @param setting its name on the wire, such as {@code temperature}
	 */
	public void add(String setting) {
		this.settings.add(setting);
	}

	/**
	 * Take note of a setting, if it was set.
	 * @param setting its name on the wire
	 * @param set whether the caller or the configuration set it
	 */
	public void addIf(String setting, boolean set) {
		if (set) {
			this.settings.add(setting);
		}
	}

	/**
	 * Log what was noted, if anything was.
	 * @param target whom the request is for
	 */
	public void report(Target target) {
		if (this.settings.isEmpty()) {
			return;
		}
		String key = target.provider() + '/' + target.modelId() + this.settings;
		if (warned.size() < MAX_WARNED && warned.add(key)) {
			logger.warn(
					"The model '{}' of provider '{}' does not take {} as set: left out or replaced. "
							+ "An extra body field of that name is sent as it is",
					target.modelId(), target.provider(), this.settings);
		}
		else {
			logger.debug("Left out or replaced for model '{}' of provider '{}': {}", oneLine(target.modelId()),
					target.provider(), this.settings);
		}
	}

	/** A model id may come from anywhere: nobody can write lines of a log with it. */
	private static String oneLine(String text) {
		return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", " ");
	}

}
