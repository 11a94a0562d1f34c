package io.nexus3.provider.behaviour;

import java.nio.charset.StandardCharsets;

import io.nexus3.provider.ContentDelta;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.behaviour.Answers.Answer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.nexus3.provider.behaviour.Answers.finish;
import static io.nexus3.provider.behaviour.Answers.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What errors mean, whether they come as a status, inside a stream or inside a whole
 * answer.
 */
class ErrorBehaviourTests {

	@ParameterizedTest
	@DisplayName("17: statuses give a kind and say whether another try may help")
	@CsvSource({ "400,INVALID_REQUEST,false", "401,AUTHENTICATION,false", "402,QUOTA_EXHAUSTED,false",
			"403,PERMISSION,false", "404,NOT_FOUND,false", "408,INVALID_REQUEST,true", "409,INVALID_REQUEST,true",
			"413,REQUEST_TOO_LARGE,false", "422,INVALID_REQUEST,false", "425,INVALID_REQUEST,true",
			"429,RATE_LIMIT,true", "500,SERVER_ERROR,true", "501,SERVER_ERROR,false", "502,SERVER_ERROR,true",
			"503,OVERLOADED,true", "504,SERVER_ERROR,true", "520,SERVER_ERROR,true", "524,SERVER_ERROR,true",
			"525,SERVER_ERROR,false", "529,OVERLOADED,true", "302,REDIRECT,false" })
	void statuses(int status, ErrorKind kind, boolean retryable) {
		for (String body : new String[] { "", "{\"error\":{\"message\":\"m\"}}", "<html>busy</html>" }) {
			ProviderException error = Answers.failure(status, body);
			assertThat(error.kind()).isEqualTo(kind);
			assertThat(error.retryable()).isEqualTo(retryable);
			assertThat(error.status()).isEqualTo(status);
			assertThat(error.vendor().requestId()).isEqualTo("req-1");
			assertThat(error).hasMessageContaining("HTTP " + status);
		}
	}

	@ParameterizedTest
	@DisplayName("24: error bodies of every shape give the vendor's words")
	@CsvSource(delimiter = '|', nullValues = "-", value = {
			"{\"error\":{\"message\":\"bad request\",\"type\":\"t\",\"code\":\"c\"}}|bad request|t|c",
			"{\"error\":{\"message\":\"bad request\",\"type\":null,\"code\":null}}|bad request|-|-",
			"{\"error\":{\"message\":\"bad request\",\"code\":1301}}|bad request|-|1301",
			"{\"error\":\"bad request\"}|bad request|-|-",
			"{\"message\":\"bad request\",\"type\":\"t\"}|bad request|t|-",
			"{\"object\":\"error\",\"message\":\"bad request\",\"type\":\"t\",\"code\":400}|bad request|t|400",
			"{\"detail\":\"bad request\"}|bad request|-|-",
			"{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"bad request\"}]}"
					+ "|[{\"loc\":[\"body\"],\"msg\":\"bad request\"}]|-|-",
			"[{\"error\":{\"message\":\"bad request\",\"code\":400}}]|bad request|-|400",
			"{\"error\":{\"message\":{\"a\":1}}}|{\"a\":1}|-|-", "bad request|bad request|-|-",
			"<html>bad</html>|<html>bad</html>|-|-", "{\"error\":{\"message\":\"bad|{\"error\":{\"message\":\"bad|-|-",
			"''|-|-|-", "[]|[]|-|-", "{}|{}|-|-", "null|null|-|-", "{\"error\":null}|{\"error\":null}|-|-",
			"{\"error\":{\"message\":\"m\",\"metadata\":{\"raw\":\"why\",\"provider_name\":\"up\"}}}|m (up: why)|-|-" })
	void errorBodies(String body, String message, String type, String code) {
		ProviderException error = Answers.failure(400, body);
		assertThat(error.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
		assertThat(error.vendor().message()).isEqualTo(message);
		assertThat(error.vendor().type()).isEqualTo(type);
		assertThat((error.vendor().code() != null) ? error.vendor().code().toString() : null).isEqualTo(code);
		assertThat(error.vendor().body()).isEqualTo(body);
		if (message != null) {
			assertThat(error).hasMessageContaining(message);
		}
	}

	@Test
	@DisplayName("25: a body with invalid UTF-8, or cut inside a character, is read")
	void invalidUtf8() {
		byte[] body = "{\"error\":\"caf?\"}".getBytes(StandardCharsets.UTF_8);
		body[body.length - 3] = (byte) 0xC3;
		assertThat(Answers.failure(500, body).vendor().message()).isEqualTo("caf\uFFFD");
		byte[] cut = { 'n', 'o', (byte) 0xE4, (byte) 0xB8 };
		assertThat(Answers.failure(500, cut).vendor().message()).startsWith("no").endsWith("\uFFFD");
	}

	@ParameterizedTest
	@DisplayName("17: codes and phrases say more than the status")
	@CsvSource(delimiter = '|', value = {
			"400|{\"error\":{\"code\":\"context_length_exceeded\",\"message\":\"x\"}}|CONTEXT_LENGTH|false",
			"400|{\"error\":{\"message\":\"This model's maximum context length is 8192 tokens\"}}|CONTEXT_LENGTH|false",
			"400|{\"object\":\"error\",\"message\":\"maximum context length is 10\"}|CONTEXT_LENGTH|false",
			"400|{\"error\":{\"message\":\"Prompt is too long\"}}|CONTEXT_LENGTH|false",
			"429|{\"error\":{\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}}|QUOTA_EXHAUSTED|false",
			"429|{\"error\":{\"type\":\"insufficient_quota\",\"code\":\"429\"}}|QUOTA_EXHAUSTED|false",
			"429|{\"error\":{\"code\":\"rate_limit_exceeded\",\"type\":\"tokens\"}}|RATE_LIMIT|true",
			"400|{\"error\":{\"code\":\"content_filter\"}}|CONTENT_FILTER|false",
			"401|{\"error\":{\"type\":\"insufficient_quota\"}}|AUTHENTICATION|false",
			"500|{\"error\":{\"type\":\"overloaded_error\"}}|OVERLOADED|true" })
	void codesAndPhrases(int status, String body, ErrorKind kind, boolean retryable) {
		ProviderException error = Answers.failure(status, body);
		assertThat(error.kind()).isEqualTo(kind);
		assertThat(error.retryable()).isEqualTo(retryable);
	}

	@ParameterizedTest
	@DisplayName("54: an error inside a stream comes after the text before it, with the vendor's words")
	@CsvSource(delimiter = '|', value = { "{\"error\":{\"message\":\"why\",\"code\":429}}|RATE_LIMIT|true",
			"{\"error\":{\"message\":\"why\",\"code\":\"429\"}}|RATE_LIMIT|true",
			"{\"error\":{\"message\":\"why\",\"code\":429.0}}|RATE_LIMIT|true",
			"{\"error\":{\"message\":\"why\",\"code\":4294967725}}|SERVER_ERROR|true",
			"{\"error\":{\"message\":\"why\",\"code\":408}}|INVALID_REQUEST|true",
			"{\"error\":{\"message\":\"why\",\"code\":400}}|INVALID_REQUEST|false",
			"{\"error\":{\"message\":\"why\",\"code\":402}}|QUOTA_EXHAUSTED|false",
			"{\"error\":{\"message\":\"why\",\"code\":501}}|SERVER_ERROR|false",
			"{\"error\":{\"message\":\"why\",\"code\":503}}|OVERLOADED|true",
			"{\"error\":{\"message\":\"why\",\"status_code\":503}}|OVERLOADED|true",
			"{\"error\":{\"message\":\"why\",\"status_code\":200,\"code\":429}}|RATE_LIMIT|true",
			"{\"error\":{\"message\":\"why\",\"status_code\":0}}|SERVER_ERROR|true",
			"{\"error\":{\"message\":\"why\",\"type\":\"insufficient_quota\"}}|QUOTA_EXHAUSTED|false",
			"{\"error\":{\"message\":\"why\",\"type\":\"overloaded_error\"}}|OVERLOADED|true",
			"{\"error\":{\"message\":\"why: maximum context length\",\"type\":\"invalid_request_error\"}}|CONTEXT_LENGTH|false",
			"{\"error\":\"why\"}|SERVER_ERROR|true", "{\"error\":[\"why\"]}|SERVER_ERROR|true",
			"{\"error\":{\"message\":\"why\"},\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},"
					+ "\"finish_reason\":\"error\"}]}|SERVER_ERROR|true",
			"{\"choices\":[{\"index\":0,\"delta\":{},\"error\":{\"message\":\"why\",\"code\":502}}]}|SERVER_ERROR|true",
			"{\"object\":\"error\",\"message\":\"why\",\"type\":\"BadRequestError\",\"code\":400}|INVALID_REQUEST|false",
			"{\"object\":\"error\",\"message\":\"why\",\"code\":429}|RATE_LIMIT|true",
			"{\"object\":\"error\",\"message\":\"why: maximum context length\",\"code\":400}|CONTEXT_LENGTH|false",
			"{\"message\":\"why\"}|SERVER_ERROR|true", "{\"detail\":\"why\"}|SERVER_ERROR|true",
			"{\"detail\":[{\"msg\":\"why\"}]}|SERVER_ERROR|true" })
	void errorInsideAStream(String event, ErrorKind kind, boolean retryable) {
		Answer answer = Answers.stream(text("He"), event, text("llo"), finish("stop"), "[DONE]");
		assertThat(answer.events()).containsExactly(new ContentDelta("He"));
		assertThat(answer.error()).hasMessageContaining("why");
		assertThat(answer.error().kind()).isEqualTo(kind);
		assertThat(answer.error().retryable()).isEqualTo(retryable);
		assertThat(answer.partial().text()).isEqualTo("He");
	}

	@ParameterizedTest
	@DisplayName("54: an error frame is an error, whatever its data looks like")
	@CsvSource(delimiter = '|', value = { "{\"error\":{\"message\":\"why\",\"code\":429}}|RATE_LIMIT",
			"{\"message\":\"why\",\"code\":429}|RATE_LIMIT", "{\"error\":\"why\"}|SERVER_ERROR", "why|SERVER_ERROR",
			"{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"why\"}}|OVERLOADED",
			"{\"message\":\"why\",\"status_code\":503}|OVERLOADED", "{\"error\":{\"message\":\"why|SERVER_ERROR" })
	void errorFrame(String data, ErrorKind kind) {
		Answer answer = Answers.sse("event: error\ndata: " + data + "\n\n");
		assertThat(answer.error().kind()).isEqualTo(kind);
		assertThat(answer.error()).hasMessageContaining("why");
	}

	@Test
	@DisplayName("54: words without end are cut in the message and whole in the vendor's part")
	void endlessWords() {
		String words = "w".repeat(100_000);
		for (ProviderException error : new ProviderException[] { Answers.failure(500, words),
				Answers.stream("{\"error\":\"" + words + "\"}").error() }) {
			assertThat(error.getMessage()).hasSizeLessThan(2200).contains("www...");
			assertThat(error.vendor().message()).isEqualTo(words);
		}
	}

	@Test
	@DisplayName("54: an error frame without a word is an error all the same")
	void errorFrameWithoutAWord() {
		Answer answer = Answers.sse("data: " + text("He") + "\n\nevent: error\ndata:\n\ndata: [DONE]\n\n");
		assertThat(answer.error().kind()).isEqualTo(ErrorKind.SERVER_ERROR);
	}

	@Test
	@DisplayName("54: escaped characters of an error are read as JSON")
	void escapedMessage() {
		ProviderException error = Answers.stream("{\"message\":\"a \\\"b\\\" \\u00e9\"}").error();
		assertThat(error.vendor().message()).isEqualTo("a \"b\" é");
	}

	@Test
	@DisplayName("54: a line error: of a stream is an error where the stream has no end")
	void strayErrorLine() {
		Answer answer = Answers.sse("data: " + text("He") + "\n\nerror: {\"code\":503,\"message\":\"why\"}\n\n");
		assertThat(answer.error().kind()).isEqualTo(ErrorKind.OVERLOADED);
		assertThat(answer.error()).hasMessageContaining("why");
	}

	@ParameterizedTest
	@DisplayName("54: an error of nothing is none")
	@ValueSource(strings = { "null", "{}", "\"\"", "false", "[]", "{ }" })
	void errorOfNothing(String error) {
		Answer answer = Answers
			.stream("{\"error\":" + error + ",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}", "[DONE]");
		assertThat(answer.message().text()).isEqualTo("a");
	}

	@ParameterizedTest
	@DisplayName("26: an error in place of a whole answer is a typed error with its words")
	@CsvSource(delimiter = '|',
			value = { "{\"error\":{\"message\":\"why\"}}|SERVER_ERROR",
					"{\"error\":{\"message\":\"why\",\"code\":429}}|RATE_LIMIT", "{\"error\":\"why\"}|SERVER_ERROR",
					"{\"error\":{\"message\":\"why\",\"code\":502},\"choices\":[]}|SERVER_ERROR",
					"{\"object\":\"error\",\"message\":\"why\",\"code\":404}|NOT_FOUND",
					"{\"detail\":\"why\"}|SERVER_ERROR", "{\"message\":\"why\",\"status_code\":429}|RATE_LIMIT",
					"{\"choices\":[{\"index\":0,\"error\":{\"message\":\"why\",\"code\":502}}]}|SERVER_ERROR" })
	void errorInPlaceOfAnAnswer(String body, ErrorKind kind) {
		Answer answer = Answers.json(body);
		assertThat(answer.error().kind()).isEqualTo(kind);
		assertThat(answer.error()).hasMessageContaining("why");
		assertThat(answer.events()).isEmpty();
	}

	@Test
	@DisplayName("47: an answer that the content filter cut off is a message that says so")
	void contentFilter() {
		Answer answer = Answers.stream(text("He"), finish("content_filter"), "[DONE]");
		assertThat(answer.message().finishReason().raw()).isEqualTo("content_filter");
		assertThat(answer.message().text()).isEqualTo("He");
	}

}
