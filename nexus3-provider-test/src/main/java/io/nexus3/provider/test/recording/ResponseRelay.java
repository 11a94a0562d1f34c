package io.nexus3.provider.test.recording;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

import org.jspecify.annotations.Nullable;

/**
 * Passes a response on as it comes and keeps a copy. An input stream would drop what
 * arrived just before a connection broke. One per response; called by one thread at a
 * time.
 */
final class ResponseRelay implements HttpResponse.BodySubscriber<@Nullable Void> {

	private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();

	private final ByteArrayOutputStream copy = new ByteArrayOutputStream();

	private final OutputStream client;

	private Flow.@Nullable Subscription subscription;

	ResponseRelay(OutputStream client) {
		this.client = client;
	}

	byte[] copy() {
		return this.copy.toByteArray();
	}

	@Override
	public CompletionStage<@Nullable Void> getBody() {
		return this.done;
	}

	@Override
	public void onSubscribe(Flow.Subscription newSubscription) {
		this.subscription = newSubscription;
		newSubscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(List<ByteBuffer> buffers) {
		try {
			for (ByteBuffer buffer : buffers) {
				byte[] bytes = new byte[buffer.remaining()];
				buffer.get(bytes);
				this.copy.writeBytes(bytes);
				this.client.write(bytes);
			}
			this.client.flush();
		}
		catch (IOException ex) {
			if (this.subscription != null) {
				this.subscription.cancel();
			}
			this.done.completeExceptionally(ex);
		}
	}

	@Override
	public void onError(Throwable error) {
		this.done.completeExceptionally(error);
	}

	@Override
	public void onComplete() {
		this.done.complete(null);
	}

}
