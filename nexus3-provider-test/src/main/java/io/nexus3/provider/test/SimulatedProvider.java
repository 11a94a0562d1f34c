package io.nexus3.provider.test;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.nexus3.provider.test.format.ApiError;
import io.nexus3.provider.test.http.Exchange;
import io.nexus3.provider.test.http.ScriptedResponse;
import io.nexus3.provider.test.http.ScriptedServer;
import io.nexus3.provider.test.model.Answer;
import io.nexus3.provider.test.model.Pace;
import io.nexus3.provider.test.model.Prompt;
import io.nexus3.provider.test.model.SimulatedModel;
import org.jspecify.annotations.Nullable;

/**
 * A provider of language models on loopback that speaks one dialect over real HTTP,
 * complete and streamed, with a simulated model behind it. It refuses what the real
 * server would refuse; what goes wrong beyond that is scripted by the test. Safe for use
 * by any thread.
 *
 * @since 0.1.0
 */
public final class SimulatedProvider implements AutoCloseable {

	private final ScriptedServer server;

	private final ChatEndpoint endpoint;

	private final String mount;

	private final boolean ownsServer;

	SimulatedProvider(ScriptedServer server, ChatEndpoint endpoint, String mount, boolean ownsServer) {
		this.server = server;
		this.endpoint = endpoint;
		this.mount = mount;
		this.ownsServer = ownsServer;
	}

	/**
	 * Starts a provider with any key, any model and no delays.
	 * @param dialect the server to simulate
	 * @return the running provider, to be closed by the caller
	 */
	public static SimulatedProvider start(Dialect dialect) {
		return builder().dialect(dialect).start();
	}

	/**
	 * Begins to set up a provider.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Returns the dialect.
	 * @return the simulated server
	 */
	public Dialect dialect() {
		return this.endpoint.dialect();
	}

	/**
	 * Returns what a client is configured with.
	 * @return the base URL in the form that is usual for the dialect ({@code .../v1}; for
	 * Azure the address of the resource, for Anthropic that of the server), without a
	 * slash at the end
	 */
	public String baseUrl() {
		return this.server.baseUrl() + this.mount + dialect().basePath();
	}

	/**
	 * Returns the server, for what concerns connections.
	 * @return the server below; providers that run together share it
	 */
	public ScriptedServer server() {
		return this.server;
	}

	/**
	 * Answers the next request that has no answer yet in its own way. Answers queue up.
	 * @param response the answer, whatever the request is
	 */
	public void enqueue(ScriptedResponse response) {
		this.endpoint.script().enqueue((call, usual) -> response);
	}

	/**
	 * Changes the usual answer to the next request: cuts it, delays it, breaks it.
	 * @param change makes the answer to send out of the usual one
	 */
	public void enqueueChanged(UnaryOperator<ScriptedResponse> change) {
		this.endpoint.script().enqueue((call, usual) -> change.apply(usual));
	}

	/**
	 * Answers all requests of a kind in another way, after what is queued. The first
	 * condition that holds decides.
	 * @param condition which requests
	 * @param answer makes the answer to send out of the request and the usual answer
	 */
	public void onRequest(Predicate<ChatCall> condition,
			BiFunction<ChatCall, ScriptedResponse, ScriptedResponse> answer) {
		this.endpoint.script().onRequest(condition, answer);
	}

	/**
	 * Asks a source for answers, after what is queued and after the conditions. The first
	 * source that has an answer gives it.
	 * @param source the source
	 */
	public void answerWith(AnswerSource source) {
		this.endpoint.script().answerWith(source);
	}

	/**
	 * Forgets all queued answers, all conditions and all sources.
	 */
	public void clearScript() {
		this.endpoint.script().clear();
	}

	/**
	 * An error in the envelope of this dialect.
	 * @param status the HTTP status
	 * @param message the message
	 * @return the answer, to be enqueued; add {@code Retry-After} and the like with
	 * {@link ScriptedResponse#withHeader}
	 */
	public ScriptedResponse error(int status, String message) {
		return error(ApiError.of(status, message));
	}

	/**
	 * An error in the envelope of this dialect.
	 * @param error the error
	 * @return the answer, to be enqueued
	 */
	public ScriptedResponse error(ApiError error) {
		return this.endpoint.service().error(error);
	}

	/**
	 * An error as this dialect tells it within a stream.
	 * @param status the status that it stands for
	 * @param message the message
	 * @return the event with its blank line, to be written after some others
	 */
	public String errorEvent(int status, String message) {
		return this.endpoint.service().errorEvent(ApiError.of(status, message), "simulated");
	}

	/**
	 * Returns the requests to this provider.
	 * @return a snapshot in the order of arrival
	 */
	public List<ChatCall> requests() {
		return exchanges().stream().map((exchange) -> this.endpoint.decode(exchange.request())).toList();
	}

	/**
	 * Returns the exchanges with this provider, for what became of the answers.
	 * @return a snapshot in the order of arrival
	 */
	public List<Exchange> exchanges() {
		return this.server.exchanges()
			.stream()
			.filter((exchange) -> exchange.request().uri().startsWith(this.mount + "/"))
			.toList();
	}

	/**
	 * Waits for a request to the server of this provider.
	 * @param index its place in the order of arrival, from 0
	 * @param timeout how long to wait
	 * @return the request
	 * @throws AssertionError if it did not come in time
	 * @throws InterruptedException if the thread was interrupted
	 */
	public ChatCall awaitRequest(int index, Duration timeout) throws InterruptedException {
		return this.endpoint.decode(this.server.awaitExchange(index, timeout).request());
	}

	/**
	 * Stops the server, unless it is shared with other providers: then it stops with
	 * {@link SimulatedProviders#close()}.
	 */
	@Override
	public void close() {
		if (this.ownsServer) {
			this.server.close();
		}
	}

	/**
	 * Sets up a provider. Not thread-safe.
	 */
	public static final class Builder {

		private Dialect dialect = Dialect.OPENAI;

		private Pace pace = Pace.immediate();

		private int port;

		private @Nullable String apiKey;

		private Set<String> models = Set.of();

		private Function<Prompt, Answer> model = new SimulatedModel();

		private Builder() {
		}

		/**
		 * Sets the server to simulate; OpenAI unless set.
		 * @param newDialect the dialect
		 * @return this builder
		 */
		public Builder dialect(Dialect newDialect) {
			this.dialect = newDialect;
			return this;
		}

		/**
		 * Sets how fast answers come; at once unless set.
		 * @param newPace the pace
		 * @return this builder
		 */
		public Builder pace(Pace newPace) {
			this.pace = newPace;
			return this;
		}

		/**
		 * Sets the port; a free one unless set.
		 * @param newPort the port, or 0 for a free one
		 * @return this builder
		 */
		public Builder port(int newPort) {
			this.port = newPort;
			return this;
		}

		/**
		 * Refuses requests that do not carry this key with status 401; any are accepted
		 * unless set.
		 * @param key the key
		 * @return this builder
		 */
		public Builder requireApiKey(String key) {
			this.apiKey = key;
			return this;
		}

		/**
		 * Refuses other models (for Azure: deployments) as unknown; any are accepted
		 * unless set.
		 * @param ids the model ids
		 * @return this builder
		 */
		public Builder models(String... ids) {
			this.models = Set.of(ids);
			return this;
		}

		/**
		 * Puts another model behind the server; a {@link SimulatedModel} unless set.
		 * @param newModel gives the answers; called on the server's threads, from several
		 * at once, and must not block
		 * @return this builder
		 */
		public Builder model(Function<Prompt, Answer> newModel) {
			this.model = newModel;
			return this;
		}

		/**
		 * Starts the provider.
		 * @return the running provider, to be closed by the caller
		 */
		public SimulatedProvider start() {
			ChatEndpoint endpoint = new ChatEndpoint(
					new ChatEndpoint.Settings(this.dialect, this.pace, this.apiKey, this.models, this.model));
			ScriptedServer server = ScriptedServer.start(this.port,
					(request) -> endpoint.handle(request, request.path()));
			return new SimulatedProvider(server, endpoint, "", true);
		}

	}

}
