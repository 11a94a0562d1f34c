package io.nexus3.provider.fuzz;

import java.net.URI;
import java.nio.charset.StandardCharsets;

import io.nexus3.provider.config.AddressPolicy;
import io.nexus3.provider.config.BaseUrl;
import io.nexus3.provider.guard.Canary;
import org.jspecify.annotations.Nullable;

/**
 * Base URLs: refused in words that hold no secret, or parts that every parser reads in
 * the same way.
 */
final class BaseUrlTarget {

	private static final AddressPolicy STRICT = new AddressPolicy(false, false);

	private static final AddressPolicy LOOSE = new AddressPolicy(true, true);

	void run(byte[] input) {
		String text = new String(input, StandardCharsets.UTF_8);
		BaseUrl url = parse(text);
		if (url == null) {
			return;
		}
		if (!url.equals(BaseUrl.parse(url.toString()))) {
			throw new AssertionError("Read again, " + url + " is another");
		}
		assertSameForOthers(url);
		if (allowed(STRICT, url) && !allowed(LOOSE, url)) {
			throw new AssertionError("Allowed strictly but not loosely: " + url);
		}
	}

	private static @Nullable BaseUrl parse(String text) {
		try {
			return BaseUrl.parse(text);
		}
		catch (IllegalArgumentException ex) {
			String message = String.valueOf(ex.getMessage());
			// What is plainly a host without a scheme is repeated with one.
			if (message.contains(Canary.KEY) && !message.endsWith("https://" + text)) {
				throw new AssertionError("The refusal shows the key", ex);
			}
			return null;
		}
	}

	/** The URI that requests go to is made of the text: it must name the same host. */
	private static void assertSameForOthers(BaseUrl url) {
		URI uri = URI.create(url + "/chat/completions");
		String authority = url.host() + ((url.port() != -1) ? ":" + url.port() : "");
		boolean same = authority.equals(uri.getRawAuthority()) && uri.getRawUserInfo() == null
				&& (url.path() + "/chat/completions").equals(uri.getRawPath()) && uri.getRawQuery() == null
				&& uri.getRawFragment() == null && url.scheme().equals(uri.getScheme());
		if (!same) {
			throw new AssertionError("java.net.URI reads " + url + " as " + uri);
		}
	}

	private static boolean allowed(AddressPolicy policy, BaseUrl url) {
		try {
			policy.check(url);
			return true;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
