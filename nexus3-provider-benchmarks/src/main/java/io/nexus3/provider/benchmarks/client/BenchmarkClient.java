package io.nexus3.provider.benchmarks.client;

/**
 * One way of calling a model. Made once for a base URL, used for many calls at a time, as
 * an application would use it.
 */
public interface BenchmarkClient {

	/**
	 * Call a model and take the answer as a stream. Returns at once.
	 * @param answer told what comes
	 */
	void stream(Answer answer);

	/**
	 * Call a model and take the answer as one. Returns at once.
	 * @param answer told what comes
	 */
	void complete(Answer answer);

	/** What is told of one answer. */
	interface Answer {

		/**
		 * A piece of text, of tool arguments, or the whole text of an answer.
		 * @param text the piece
		 */
		void text(String text);

		/**
		 * The answer has ended well.
		 */
		void done();

		/**
		 * The call has failed.
		 * @param error why
		 */
		void failed(Throwable error);

	}

	/** Makes clients of one kind; has a constructor without arguments. */
	interface Factory {

		/**
		 * A client.
		 * @param api the wire format
		 * @param baseUrl what stands before {@code /v1/chat/completions} or
		 * {@code /v1/messages}
		 * @return the client
		 */
		BenchmarkClient create(Api api, String baseUrl);

	}

	/** The wire formats. */
	enum Api {

		/** OpenAI's chat completions. */
		OPENAI,

		/** Anthropic's messages. */
		ANTHROPIC

	}

}
