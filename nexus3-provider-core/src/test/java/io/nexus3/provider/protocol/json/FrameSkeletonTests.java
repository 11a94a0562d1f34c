package io.nexus3.provider.protocol.json;

import java.nio.charset.StandardCharsets;

import io.nexus3.provider.protocol.json.FrameSkeleton.Hole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FrameSkeletonTests {

	private static final String EVENT = "{\"a\":\"%\",\"p\":\"#\",\"b\":1}";

	private final FrameSkeleton skeleton = new FrameSkeleton();

	@AfterEach
	void turnItOn() {
		System.clearProperty(FrameSkeleton.SWITCH);
	}

	@Test
	void readsAnEventThatDiffersInTheStringOnly() {
		learn("first");
		assertThat(match("another one")).isEqualTo("another one");
		assertThat(match("é 日本 😀")).isEqualTo("é 日本 😀");
	}

	@Test
	void readsAnEventInTheMiddleOfAnArray() {
		learn("first");
		byte[] event = event("second", "x");
		byte[] array = new byte[event.length + 20];
		System.arraycopy(event, 0, array, 7, event.length);
		assertThat(this.skeleton.match(array, 7, event.length)).isEqualTo("second");
	}

	@Test
	void readsShortEscapesAndLeavesTheOthersToTheParser() {
		learn("first");
		assertThat(match("\\n\\t\\\"\\\\\\/")).isEqualTo("\n\t\"\\/");
		assertThat(match("\\u00e9")).isNull();
	}

	@Test
	void leavesAnEmptyStringToTheParser() {
		learn("first");
		assertThat(match("")).isNull();
	}

	@Test
	void leavesWhatIsNoStringToTheParser() {
		for (String text : new String[] { "a\nb", "a\"b", "a\\", "a\",\"c\":\"d" }) {
			learn("first");
			assertThat(match(text)).as(text).isNull();
		}
	}

	@Test
	void leavesInvalidTextToTheParser() {
		learn("first");
		byte[] event = event("ab", "x");
		event[6] = (byte) 0xC3;
		assertThat(this.skeleton.match(event, 0, event.length)).isNull();
	}

	@Test
	void leavesAnEventWithAnotherEndToTheParser() {
		learn("first");
		byte[] event = event("second", "x");
		event[event.length - 2] = '2';
		assertThat(this.skeleton.match(event, 0, event.length)).isNull();
		learn("first");
		assertThat(this.skeleton.match(event, 0, event.length - 1)).isNull();
	}

	@Test
	void passesOverPaddingBehindAndBefore() {
		byte[] event = event("first", "pad");
		this.skeleton.learn(event, 0, event.length, new Hole(6, 11), new Hole(18, 21));
		byte[] next = event("second", "otherpad");
		assertThat(this.skeleton.match(next, 0, next.length)).isEqualTo("second");
		this.skeleton.learn(event, 0, event.length, new Hole(18, 21), new Hole(6, 11));
		assertThat(this.skeleton.match(next, 0, next.length)).isEqualTo("otherpad");
		next = event("second", "");
		this.skeleton.learn(event, 0, event.length, new Hole(6, 11), new Hole(18, 21));
		assertThat(this.skeleton.match(next, 0, next.length)).isEqualTo("second");
	}

	@Test
	void passesOverBlanksBeforeTheLastBrace() {
		learn("first");
		byte[] event = EVENT.replace("%", "second")
			.replace("#", "x")
			.replace("1}", "1    }")
			.getBytes(StandardCharsets.UTF_8);
		assertThat(this.skeleton.match(event, 0, event.length)).isEqualTo("second");
		assertThat(match("third")).isEqualTo("third");
	}

	@Test
	void givesUpOnAStreamThatKeepsMissing() {
		for (int i = 0; i < 100; i++) {
			learn("first");
			this.skeleton.match(new byte[] { '{', '}' }, 0, 2);
		}
		learn("first");
		assertThat(match("second")).isNull();
	}

	@Test
	void isTurnedOffByOneSwitch() {
		System.setProperty(FrameSkeleton.SWITCH, "false");
		FrameSkeleton off = new FrameSkeleton();
		byte[] event = event("first", "x");
		off.learn(event, 0, event.length, new Hole(6, 11), null);
		assertThat(off.match(event, 0, event.length)).isNull();
	}

	private void learn(String text) {
		byte[] event = event(text, "x");
		this.skeleton.learn(event, 0, event.length, new Hole(6, 6 + text.getBytes(StandardCharsets.UTF_8).length),
				null);
	}

	private @Nullable String match(String text) {
		byte[] event = event(text, "x");
		return this.skeleton.match(event, 0, event.length);
	}

	private static byte[] event(String text, String padding) {
		return EVENT.replace("%", text).replace("#", padding).getBytes(StandardCharsets.UTF_8);
	}

}
