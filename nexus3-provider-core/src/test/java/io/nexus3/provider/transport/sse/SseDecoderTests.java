package io.nexus3.provider.transport.sse;

import java.util.ArrayList;
import java.util.List;

import io.nexus3.provider.transport.sse.SseOutcome.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class SseDecoderTests {

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r", "\r\n" })
	void eachKindOfLineEndEndsALine(String lineEnd) {
		assertThat(decode("data: a" + lineEnd + lineEnd + "data: b" + lineEnd + lineEnd)).containsExactly(data("a"),
				data("b"));
	}

	@Test
	void aLineEndThatIsCutInTwoIsOneLineEnd() {
		assertThat(decode("data: a\r", "\ndata: b\r", "\n\r", "\n")).containsExactly(data("a\nb"));
	}

	@Test
	void aLoneCarriageReturnCompletesAnEventAtOnce() {
		assertThat(delivered("data: a\r\r")).containsExactly(data("a"));
	}

	@Test
	void aLineFeedAfterACarriageReturnAndAnEmptyPieceIsStillTheSameLineEnd() {
		assertThat(decode("data: a\r", "", "\ndata: b\n\n")).containsExactly(data("a\nb"));
	}

	@Test
	void otherControlCharactersAndUnicodeLineEndsBelongToTheData() {
		assertThat(decode("data: a\u0000b\tc\u000Bd\u000Ce\u001Cf\n\n"))
			.containsExactly(data("a\u0000b\tc\u000Bd\u000Ce\u001Cf"));
		assertThat(SseOutcome.ofOneBuffer(utf8("data: \u0085\u2028\n\n"), SseOutcome.NO_LIMIT).events()).hasSize(1);
	}

	@Test
	void linesOfDataAreJoinedByOneLineFeed() {
		assertThat(decode("data: a\r\ndata:\r\ndata: b\r\n\r\n")).containsExactly(data("a\n\nb"));
	}

	@Test
	void linesOfDataAreJoinedWhereverTheStreamIsCut() {
		assertThat(decode("data: a\nda", "ta: b", "\ndata: c\n", "data: d\n\n")).containsExactly(data("a\nb\nc\nd"));
	}

	@Test
	void aFieldWithoutAColonHasAnEmptyValue() {
		assertThat(decode("data\n\n", "data\ndata\n\n")).containsExactly(data(""), data("\n"));
	}

	@Test
	void oneSpaceAfterTheColonIsDropped() {
		assertThat(decode("data:a\n\ndata: a\n\ndata:  a\n\ndata:\ta \n\n")).containsExactly(data("a"), data("a"),
				data(" a"), data("\ta "));
	}

	@Test
	void aByteOrderMarkAtTheStartIsDropped() {
		assertThat(decode("\uFEFFdata: a\n\n")).containsExactly(data("a"));
	}

	@Test
	void aByteOrderMarkThatIsCutIsDropped() {
		byte[] stream = utf8("\uFEFFdata: a\n\n");
		assertThat(SseOutcome.ofSingleBytes(stream, 100).events()).containsExactly(data("a"));
		assertThat(SseOutcome.ofPieces(stream, new int[] { 2, 3 }, 100).events()).containsExactly(data("a"));
	}

	@Test
	void onlyOneByteOrderMarkIsDropped() {
		assertThat(decode("\uFEFF\uFEFFdata: a\n\n\uFEFFdata: b\n\ndata: c\n\n")).containsExactly(data("c"));
	}

	@Test
	void commentsAndUnknownFieldsAreIgnored() {
		assertThat(decode(": ping\n\ndata: a\n: ping\nfoo: bar\ndatax: b\n data: c\nData: d\n\n"))
			.containsExactly(data("a"));
	}

	@Test
	void theTypeIsThatOfOneEventOnly() {
		assertThat(decode("event: ping\ndata: a\n\ndata: b\n\n")).containsExactly(new Event("ping", "", "a"),
				data("b"));
	}

	@Test
	void theTypeOfAnEventWithoutDataIsForgotten() {
		assertThat(decode("event: ping\n\ndata: a\n\n")).containsExactly(data("a"));
	}

	@Test
	void anEmptyTypeIsNoType() {
		assertThat(decode("event: ping\nevent\ndata: a\n\nevent: \ndata: b\n\n")).containsExactly(data("a"), data("b"));
	}

	@Test
	void theIdStaysUntilAnotherIsSent() {
		assertThat(decode("id: 1\n\ndata: a\n\nid: 2\ndata: b\n\nid\ndata: c\n\n"))
			.containsExactly(new Event(null, "1", "a"), new Event(null, "2", "b"), data("c"));
	}

	@Test
	void anIdWithANulIsIgnored() {
		assertThat(decode("id: 1\nid: 2\u0000\ndata: a\n\n")).containsExactly(new Event(null, "1", "a"));
	}

	@Test
	void typeAndIdAreUtf8() {
		assertThat(SseOutcome.ofOneBuffer(utf8("event: \u00FCber\nid: \u00B5\ndata: a\n\n"), 100).events())
			.containsExactly(new Event("\u00FCber", "\u00B5", "a"));
	}

	@Test
	void aLongTypeIsTakenAsItIs() {
		String type = "t".repeat(1000);
		assertThat(decode("event: " + type + "\ndata: a\n\nevent: t\ndata: b\n\n"))
			.containsExactly(new Event(type, "", "a"), new Event("t", "", "b"));
	}

	@Test
	void theReconnectionTimeIsTheLastThatCanBeUnderstood() {
		assertThat(retryMillis("retry: 0300\n")).isEqualTo(300);
		assertThat(retryMillis("retry: 300\nretry: 1x\nretry: -1\nretry:\nretry: 0x10\nretry: 1 0\n")).isEqualTo(300);
		assertThat(retryMillis("retry: 9223372036854775807\nretry: 9223372036854775808\n")).isEqualTo(Long.MAX_VALUE);
		assertThat(retryMillis("retry: soon\n")).isEqualTo(-1);
	}

	@Test
	void invalidUtf8IsPassedOnAsItCame() {
		assertThat(SseOutcome
			.ofOneBuffer(new byte[] { 'd', 'a', 't', 'a', ':', (byte) 0xC3, '(', (byte) 0xED, '\n', '\n' }, 100)
			.events()).containsExactly(data("\u00C3(\u00ED"));
	}

	@Test
	void linesThatAreJsonEachAreDeliveredOneByOne() {
		assertThat(decode("event: e\nid: 1\ndata: {\"a\":1}\ndata: {\"b\":2}\ndata: [DONE]\n\n")).containsExactly(
				new Event("e", "1", "{\"a\":1}"), new Event("e", "1", "{\"b\":2}"), new Event("e", "1", "[DONE]"));
	}

	@Test
	void jsonPrintedOverSeveralLinesIsOneEvent() {
		assertThat(decode("data: {\ndata: \"a\": 1\ndata: }\n\n")).containsExactly(data("{\n\"a\": 1\n}"));
	}

	@Test
	void theLastErrorLineIsKept() {
		assertThat(strayErrorLine("data: a\n\nerror: {\"code\":1}\n\nerror:{\"code\":2}\n\n"))
			.isEqualTo("{\"code\":2}");
	}

	@Test
	void anErrorLineThatTheEndOfTheBodyCutsOffIsKept() {
		assertThat(strayErrorLine("error: {\"code\":1}")).isEqualTo("{\"code\":1}");
	}

	@Test
	void withoutAnErrorLineThereIsNone() {
		assertThat(strayErrorLine("data: error: a\n\n: error: b\nerrors: c\nevent: error\n\n")).isNull();
	}

	@Test
	void anErrorLineIsCutBetweenCharacters() {
		assertThat(strayErrorLine("error: " + "x".repeat(3000) + "\n")).isEqualTo("x".repeat(2048));
		assertThat(strayErrorLine("error: x" + "\u20AC".repeat(3000) + "\n")).isEqualTo("x" + "\u20AC".repeat(682));
	}

	private static Event data(String data) {
		return new Event(null, "", data);
	}

	private static List<Event> decode(String... pieces) {
		return SseOutcome.of(1_000_000, (decoder) -> feed(decoder, pieces)).events();
	}

	private static List<Event> delivered(String piece) {
		List<Event> events = new ArrayList<>();
		feed(new SseDecoder(1000, (frame) -> events.add(Event.of(frame))), piece);
		return events;
	}

	private static long retryMillis(String stream) {
		return SseOutcome.ofOneBuffer(utf8(stream), 1000).retryMillis();
	}

	private static String strayErrorLine(String stream) {
		return SseOutcome.ofOneBuffer(utf8(stream), 100_000).error();
	}

	private static void feed(SseDecoder decoder, String... pieces) {
		for (String piece : pieces) {
			decoder.feed(utf8(piece), 0, utf8(piece).length);
		}
	}

	private static byte[] utf8(String text) {
		return text.getBytes(UTF_8);
	}

}
