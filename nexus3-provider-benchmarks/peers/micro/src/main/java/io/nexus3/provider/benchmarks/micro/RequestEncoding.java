package io.nexus3.provider.benchmarks.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.Message;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.SystemMessage;
import io.nexus3.provider.UserMessage;
import io.nexus3.provider.config.Limits;
import io.nexus3.provider.protocol.Target;
import io.nexus3.provider.protocol.WireProtocol;
import io.nexus3.provider.protocol.anthropic.AnthropicProtocol;
import io.nexus3.provider.protocol.openai.OpenAiDialect;
import io.nexus3.provider.protocol.openai.OpenAiProtocol;
import io.nexus3.provider.wire.WireRequest;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A conversation to bytes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RequestEncoding {

	/** How many messages of about 600 characters. */
	@Param({ "1", "20" })
	public int messages;

	private final WireProtocol openAi = new OpenAiProtocol(OpenAiDialect.COMPATIBLE);

	private final WireProtocol anthropic = new AnthropicProtocol();

	private final Target target = new Target("bench", "bench-model-1", RequestOptions.defaults(), false,
			Limits.defaults());

	private CompletionRequest request = CompletionRequest.of("Say something");

	/** Make the conversation. */
	@Setup
	public void prepare() {
		List<Message> conversation = new ArrayList<>();
		conversation.add(SystemMessage.of("You answer in one sentence."));
		for (int i = 0; i < this.messages; i++) {
			conversation.add(UserMessage.of("The \"model\" answers with words, one after another.\n".repeat(12)));
		}
		this.request = CompletionRequest.of(conversation);
	}

	/**
	 * In OpenAI's format.
	 * @return the request
	 */
	@Benchmark
	public WireRequest openAi() {
		return this.openAi.encode(this.request, this.target, true);
	}

	/**
	 * In Anthropic's format.
	 * @return the request
	 */
	@Benchmark
	public WireRequest anthropic() {
		return this.anthropic.encode(this.request, this.target, true);
	}

}
