package io.nexus3.provider.conformance;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.ErrorDetails;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.RequestOptions;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.config.Limits;
import io.nexus3.provider.protocol.AnswerDecoder;
import io.nexus3.provider.protocol.Target;
import io.nexus3.provider.protocol.WireProtocol;
import io.nexus3.provider.protocol.anthropic.AnthropicProtocol;
import io.nexus3.provider.protocol.json.FrameSkeleton;
import io.nexus3.provider.protocol.openai.OpenAiDialect;
import io.nexus3.provider.protocol.openai.OpenAiProtocol;
import io.nexus3.provider.transport.sse.SseDecoder;
import io.nexus3.provider.wire.SseFrame;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The fast path reads what the full parser reads: on streams of the shapes that vendors
 * send, and on what becomes of them when they are broken at random.
 */
class FastPathTests {

	private static final int STREAMS = Integer.getInteger("nexus3.fuzz.streams", 20_000);

	private static final Pattern GENERATED_ID = Pattern.compile("(call|toolu)_[0-9a-f]{32}");

	private static final Logger WARNINGS = (Logger) LoggerFactory.getLogger("io.nexus3.provider.protocol");

	private static final WireProtocol OPENAI = new OpenAiProtocol(OpenAiDialect.COMPATIBLE);

	private static final WireProtocol ANTHROPIC = new AnthropicProtocol();

	@BeforeAll
	static void keepQuietAboutBrokenCalls() {
		WARNINGS.setLevel(Level.ERROR);
	}

	@AfterAll
	static void warnAgain() {
		WARNINGS.setLevel(null);
	}

	@Test
	void readsTheCorpusAsTheFullParserDoes() {
		List<Shape> recorded = recorded();
		for (Shape shape : recorded) {
			assertThat(read(shape, true).comparable()).as(shape.name).isEqualTo(read(shape, false).comparable());
		}
		assertThat(recorded).allSatisfy((shape) -> assertThat(shape.frames).isNotEmpty());
	}

	@Test
	void readsBrokenStreamsAsTheFullParserDoes() {
		List<Shape> shapes = new ArrayList<>(FastPathShapes.all());
		shapes.addAll(recorded());
		FrameMutator mutator = new FrameMutator(new Random(20_261_123));
		int hits = 0;
		for (int i = 0; i < STREAMS; i++) {
			Shape shape = mutator.mutate(shapes.get(i % shapes.size()));
			Outcome fast = read(shape, true);
			assertThat(fast.comparable()).as(() -> text(shape)).isEqualTo(read(shape, false).comparable());
			hits += (fast.error == null) ? 1 : 0;
		}
		System.out.printf("fast path: %d mutated streams, 0 differences, %d read to their end%n", STREAMS, hits);
		assertThat(hits).as("streams that are not broken beyond reading").isGreaterThan(STREAMS / 20);
	}

	private static String text(Shape shape) {
		StringBuilder text = new StringBuilder(shape.name);
		shape.frames.forEach((frame) -> text.append('\n').append(new String(frame, StandardCharsets.ISO_8859_1)));
		return text.toString();
	}

	/** The recorded streams, where they are at hand. */
	private static List<Shape> recorded() {
		Path folder = Path.of(System.getProperty("nexus3.project.root", ".."))
			.resolve(System.getProperty("nexus3.wire.corpus", "../shared/wire"))
			.normalize();
		if (!Files.isDirectory(folder)) {
			return List.of();
		}
		return WireCase.readAll(folder)
			.stream()
			.filter(WireCase::isStream)
			.map(FastPathTests::shape)
			.filter((shape) -> !shape.frames.isEmpty())
			.toList();
	}

	private static Shape shape(WireCase wireCase) {
		List<byte[]> frames = new ArrayList<>();
		SseDecoder sse = new SseDecoder(Limits.defaults().sseEvent(),
				(frame) -> frames.add(frame.text().getBytes(StandardCharsets.UTF_8)));
		sse.feed(wireCase.body(), 0, wireCase.body().length);
		sse.finish();
		return new Shape(wireCase.name(), wireCase.format().equals("anthropic"), frames);
	}

	private static Outcome read(Shape shape, boolean fast) {
		System.setProperty(FrameSkeleton.SWITCH, Boolean.toString(fast));
		AnswerDecoder decoder;
		try {
			decoder = (shape.anthropic ? ANTHROPIC : OPENAI)
				.newDecoder(new Target("p", "m", RequestOptions.defaults(), false, Limits.defaults()));
		}
		finally {
			System.clearProperty(FrameSkeleton.SWITCH);
		}
		List<StreamEvent> events = new ArrayList<>();
		try {
			SseFrame frame = new SseFrame();
			for (byte[] bytes : shape.frames) {
				frame.set(null, "", bytes, 0, bytes.length);
				decoder.frame(frame, events::add);
			}
			return new Outcome(events, decoder.finish(null, events::add), null, decoder.frames());
		}
		catch (ProviderException ex) {
			ErrorDetails details = ex.details().withPartialMessage(decoder.partial());
			return new Outcome(events, details.partialMessage(), ex.kind() + ": " + ex.getMessage(), decoder.frames());
		}
	}

	/**
	 * A stream by its events.
	 *
	 * @param name what it is
	 * @param anthropic whether it is of Anthropic's format
	 * @param frames the data of its events
	 */
	record Shape(String name, boolean anthropic, List<byte[]> frames) {

	}

	private record Outcome(List<StreamEvent> events, @Nullable AssistantMessage message, @Nullable String error,
			long frames) {

		/** Ids that are made up are other ones each time. */
		String comparable() {
			return GENERATED_ID.matcher(toString()).replaceAll("generated");
		}

	}

}
