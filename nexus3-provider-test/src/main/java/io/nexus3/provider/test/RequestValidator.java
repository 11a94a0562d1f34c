package io.nexus3.provider.test;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.nexus3.provider.test.format.ApiError;
import io.nexus3.provider.test.format.FormatRequest;
import io.nexus3.provider.test.format.Violation;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Tells what a vendor would refuse about a request, without a server: the rules that a
 * {@link SimulatedProvider} of the same dialect goes by, and all of them at once. What
 * only the vendor can know, such as whether it issued a signature, is not judged here.
 * Immutable. <pre class="code">
 * assertThat(RequestValidator.of(Dialect.ANTHROPIC).validate("/v1/messages", headers, body)).isEmpty();
 * </pre>
 *
 * @since 0.1.0
 */
public final class RequestValidator {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private final Dialect dialect;

	private RequestValidator(Dialect dialect) {
		this.dialect = dialect;
	}

	/**
	 * The rules of a dialect.
	 * @param dialect the server that the request is for
	 * @return the validator
	 */
	public static RequestValidator of(Dialect dialect) {
		return new RequestValidator(dialect);
	}

	/**
	 * Holds a request against the vendor's rules.
	 * @param path the path with its query, as the server sees it, such as
	 * {@code /v1/chat/completions}
	 * @param headers the headers, with names in any case
	 * @param body the body as text
	 * @return what it breaks, each as the vendor says it and with the vendor's page; the
	 * first is the one that the vendor answers with; empty if the vendor takes the
	 * request
	 */
	public List<Violation> validate(String path, Map<String, String> headers, String body) {
		int mark = path.indexOf('?');
		String address = (mark < 0) ? path : path.substring(0, mark);
		String query = (mark < 0) ? "" : path.substring(mark + 1);
		ApiError nowhere = this.dialect.addressError(address, query);
		if (nowhere != null) {
			return List.of(new Violation(nowhere, this.dialect.vendor().page()));
		}
		return this.dialect.vendor().check(request(this.dialect, address, query, headers, parse(body)));
	}

	static FormatRequest request(Dialect dialect, String address, @Nullable String query, Map<String, String> headers,
			JsonNode body) {
		Map<String, String> byName = new HashMap<>();
		headers.forEach((name, value) -> byName.put(name.toLowerCase(Locale.ROOT), value));
		return new FormatRequest((query != null) ? query : "", byName, body, dialect.modelInPath(address));
	}

	static JsonNode parse(String body) {
		try {
			return MAPPER.readTree(body);
		}
		catch (JacksonException ex) {
			return MissingNode.getInstance();
		}
	}

}
