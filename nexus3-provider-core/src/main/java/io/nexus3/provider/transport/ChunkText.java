package io.nexus3.provider.transport;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The text of a body that comes in pieces, without the key. A character or a key that is
 * cut by the end of a piece is kept back until the next. One per answer; not thread-safe.
 */
final class ChunkText {

	private final Redactor redactor;

	private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
		.onMalformedInput(CodingErrorAction.REPLACE)
		.onUnmappableCharacter(CodingErrorAction.REPLACE);

	private ByteBuffer cut = ByteBuffer.allocate(0);

	private String kept = "";

	ChunkText(Redactor redactor) {
		this.redactor = redactor;
	}

	/** What can be shown once a piece has come, possibly nothing. */
	String add(ByteBuffer bytes) {
		return show(decode(bytes.duplicate(), false), false);
	}

	/** What was kept back. */
	String rest() {
		return show(decode(ByteBuffer.allocate(0), true), true);
	}

	private String decode(ByteBuffer bytes, boolean last) {
		ByteBuffer all = ByteBuffer.allocate(this.cut.remaining() + bytes.remaining()).put(this.cut).put(bytes).flip();
		CharBuffer text = CharBuffer.allocate(all.remaining() + 1);
		this.decoder.decode(all, text, last);
		this.cut = all;
		return text.flip().toString();
	}

	private String show(String more, boolean last) {
		String text = this.redactor.redact(this.kept + more);
		int end = last ? text.length() : text.length() - this.redactor.begun(text);
		this.kept = text.substring(end);
		return text.substring(0, end);
	}

}
