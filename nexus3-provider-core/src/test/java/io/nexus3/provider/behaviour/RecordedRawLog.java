package io.nexus3.provider.behaviour;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nexus3.provider.wire.RawLogListener;
import org.jspecify.annotations.Nullable;

/**
 * Writes down raw traffic as one line per report.
 */
public final class RecordedRawLog implements RawLogListener {

	public final List<String> lines = new CopyOnWriteArrayList<>();

	@Override
	public void onRequest(Attempt attempt, String url, String body) {
		this.lines.add("request " + attempt.number() + " " + url + " " + body);
	}

	@Override
	public void onResponse(Attempt attempt, int status, String body, boolean truncated) {
		this.lines.add("response " + attempt.number() + " " + status + " " + truncated + " " + body);
	}

	@Override
	public void onChunk(Attempt attempt, String chunk) {
		this.lines.add("chunk " + attempt.number() + " " + chunk);
	}

	@Override
	public void onEnd(Attempt attempt, String outcome, @Nullable Throwable error) {
		this.lines.add("end " + attempt.number() + " " + outcome + " " + error);
	}

	public List<String> starting(String prefix) {
		return this.lines.stream().filter((line) -> line.startsWith(prefix)).toList();
	}

}
