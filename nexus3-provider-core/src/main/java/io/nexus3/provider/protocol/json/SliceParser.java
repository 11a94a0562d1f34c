package io.nexus3.provider.protocol.json;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import io.nexus3.provider.protocol.json.FrameSkeleton.Hole;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.async.ByteArrayFeeder;
import tools.jackson.core.exc.StreamReadException;

/**
 * One JSON parser for all the values of a response, fed slice after slice: a parser made
 * anew for each event would cost more than the parse. One per response; not thread-safe.
 *
 * @since 0.1.0
 */
public final class SliceParser {

	private static final OutputStream NOWHERE = OutputStream.nullOutputStream();

	private @Nullable JsonParser parser;

	private byte[] buffer = new byte[0];

	private int offset;

	private int length;

	/** How many bytes the parser was given, this slice included. */
	private long fed;

	private int texts;

	private @Nullable Hole text;

	private @Nullable Hole padding;

	/**
	 * Read one slice that holds exactly one JSON object.
	 * @param bytes the array that holds the slice
	 * @param offset where the slice starts
	 * @param length how long it is
	 * @param reader reads the object; the parser stands on its start, and must stand on
	 * its end when the reader returns. It may be called a second time, from the start,
	 * where the bytes are no valid UTF-8
	 * @throws MalformedJsonException when the slice is no JSON, or no object
	 */
	public void read(byte[] bytes, int offset, int length, Reader reader) {
		try {
			parse(bytes, offset, length, reader);
		}
		catch (JacksonException ex) {
			this.parser = null;
			byte[] repaired = repairUtf8(bytes, offset, length);
			if (repaired == null) {
				throw malformed(ex);
			}
			try {
				parse(repaired, 0, repaired.length, reader);
			}
			catch (JacksonException second) {
				this.parser = null;
				throw malformed(second);
			}
		}
		catch (MalformedJsonException ex) {
			this.parser = null;
			throw ex;
		}
	}

	private void parse(byte[] bytes, int offset, int length, Reader reader) {
		JsonParser parser = this.parser;
		if (parser == null) {
			parser = WireJson.factory().createNonBlockingByteArrayParser(ObjectReadContext.empty());
			this.parser = parser;
			this.fed = 0;
		}
		this.fed += length;
		this.buffer = bytes;
		this.offset = offset;
		this.length = length;
		this.texts = 0;
		this.padding = null;
		feeder(parser).feedInput(bytes, offset, offset + length);
		JsonToken token = parser.nextToken();
		if (token != JsonToken.START_OBJECT) {
			throw JsonFault.notAnObject(token, bytes, offset, offset + length);
		}
		reader.read(parser, this);
		// The current token does not tell: it stays what it was when input runs out.
		if (!parser.streamReadContext().inRoot()) {
			throw JsonFault.cutOff();
		}
		int end = position(parser);
		if (parser.nextToken() != JsonToken.NOT_AVAILABLE || !isBlank(bytes, end, offset + length)) {
			throw new MalformedJsonException("something follows the object");
		}
	}

	/**
	 * The parser waits for the rest of a token that is cut off, and would not complain.
	 */
	private static boolean isBlank(byte[] bytes, int from, int to) {
		for (int i = from; i < to; i++) {
			if (bytes[i] > ' ' || bytes[i] < 0) {
				return false;
			}
		}
		return true;
	}

	private static ByteArrayFeeder feeder(JsonParser parser) {
		return (ByteArrayFeeder) parser.nonBlockingInputFeeder();
	}

	/** The parser counts from the start of the response; what helps is where in here. */
	private MalformedJsonException malformed(JacksonException ex) {
		return JsonFault.of(ex, this.fed - this.length, ByteBuffer.wrap(this.buffer, this.offset, this.length).slice());
	}

	/**
	 * The current value as JSON text, as it came. The parser then stands on its end.
	 * @param parser the parser
	 * @return the text
	 */
	public String raw(JsonParser parser) {
		JsonToken token = parser.currentToken();
		if (token == JsonToken.NOT_AVAILABLE) {
			throw JsonFault.cutOff();
		}
		if (token.isStructStart()) {
			int start = position(parser) - 1;
			parser.skipChildren();
			int end = position(parser);
			return new String(this.buffer, start, end - start, StandardCharsets.UTF_8);
		}
		return (token == JsonToken.VALUE_STRING) ? WireJson.quote(parser.getString()) : parser.getString();
	}

	/**
	 * Mark the start of an object that is about to be read field by field.
	 * @param parser the parser, on the object's start
	 * @return the mark, for {@link #since}
	 */
	public int mark(JsonParser parser) {
		return position(parser) - 1;
	}

	/**
	 * An object that has been read, as JSON text as it came.
	 * @param mark the mark of its start
	 * @param parser the parser, on the object's end
	 * @return the text
	 */
	public String since(int mark, JsonParser parser) {
		if (parser.currentToken() != JsonToken.END_OBJECT) {
			throw JsonFault.cutOff();
		}
		return new String(this.buffer, mark, position(parser) - mark, StandardCharsets.UTF_8);
	}

	/**
	 * Note that the string the parser stands on is what the slice has to say.
	 * @param parser the parser, on a string
	 */
	public void noteText(JsonParser parser) {
		Hole hole = (this.length <= FrameSkeleton.LONGEST) ? hole(parser) : Hole.NONE;
		if (hole.start() < hole.end()) {
			this.text = hole;
			this.texts++;
		}
	}

	/**
	 * Note that the value the parser stands on means nothing, whatever it is.
	 * @param parser the parser
	 */
	public void notePadding(JsonParser parser) {
		if (parser.currentToken() == JsonToken.VALUE_STRING && this.length <= FrameSkeleton.LONGEST) {
			this.padding = hole(parser);
		}
	}

	/**
	 * The response is read. The next one's parser takes this one's buffers, and knows the
	 * names of fields that this one has seen.
	 */
	public void close() {
		if (this.parser != null) {
			this.parser.close();
			this.parser = null;
		}
	}

	/** The first quote before the closing one that is not escaped opened the string. */
	private Hole hole(JsonParser parser) {
		int end = position(parser) - 1;
		int start = end;
		while (this.buffer[start - 1] != '"' || escaped(start - 1)) {
			start--;
		}
		return new Hole(start, end);
	}

	private boolean escaped(int at) {
		int backslash = at;
		while (this.buffer[backslash - 1] == '\\') {
			backslash--;
		}
		return (at - backslash) % 2 == 1;
	}

	/**
	 * Let a skeleton keep the slice that was read last, or forget, as it has more or less
	 * than one thing to say.
	 * @param skeleton the skeleton
	 * @param bytes the array that held the slice; where the slice was repaired, it is
	 * another that was read
	 * @param alone whether all that the slice said is one piece
	 */
	public void teach(FrameSkeleton skeleton, byte[] bytes, boolean alone) {
		Hole text = this.text;
		if (alone && this.texts == 1 && text != null && this.buffer == bytes) {
			skeleton.learn(bytes, this.offset, this.length, text, this.padding);
		}
		else {
			skeleton.forget();
		}
	}

	/** Asked for in each slice: a location would be an object each time. */
	private int position(JsonParser parser) {
		return this.offset + this.length - parser.releaseBuffered(NOWHERE);
	}

	/**
	 * Bytes that are no valid UTF-8, with replacement characters in place of what is
	 * wrong.
	 */
	private static byte @Nullable [] repairUtf8(byte[] bytes, int offset, int length) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
			return null;
		}
		catch (CharacterCodingException ex) {
			return new String(bytes, offset, length, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
		}
	}

	/**
	 * A field of a wrong type.
	 * @param parser the parser, which stands on the value
	 * @param field the field's name
	 * @param expected what it should be
	 * @return the exception to throw
	 */
	public static MalformedJsonException wrongType(JsonParser parser, String field, String expected) {
		return JsonFault.wrongType(parser.currentToken(), field, expected);
	}

	/**
	 * Reads one object.
	 */
	@FunctionalInterface
	public interface Reader {

		/**
		 * Read the object.
		 * @param parser the parser, on the object's start
		 * @param slices gives raw values
		 * @throws StreamReadException when the JSON is malformed
		 */
		void read(JsonParser parser, SliceParser slices);

	}

}
