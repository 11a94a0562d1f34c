package io.nexus3.provider.autoconfigure;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/**
 * Keeps spans in memory and waits for the one of a call: a subscriber hears of the end of
 * a call a moment before or after those who measure it.
 */
final class AwaitedSpans implements SpanExporter {

	private final InMemorySpanExporter memory = InMemorySpanExporter.create();

	private final CountDownLatch chat = new CountDownLatch(1);

	@Override
	public CompletableResultCode export(Collection<SpanData> spans) {
		CompletableResultCode result = this.memory.export(spans);
		if (spans.stream().anyMatch((span) -> span.getName().startsWith("chat"))) {
			this.chat.countDown();
		}
		return result;
	}

	void awaitChat() throws InterruptedException {
		if (!this.chat.await(20, TimeUnit.SECONDS)) {
			throw new AssertionError("No span of a call among " + finished());
		}
	}

	List<SpanData> finished() {
		return this.memory.getFinishedSpanItems();
	}

	@Override
	public CompletableResultCode flush() {
		return this.memory.flush();
	}

	@Override
	public CompletableResultCode shutdown() {
		return this.memory.shutdown();
	}

}
