package io.nexus3.provider.behaviour;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Looks for a text in an object and in all that it leads to: what a heap dump or a
 * curious logger would find.
 */
final class SecretSearch {

	private final String secret;

	private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

	private final List<String> found = new ArrayList<>();

	private SecretSearch(String secret) {
		this.secret = secret;
	}

	/** Where the secret stands, as paths. */
	static List<String> find(String secret, @Nullable Object start) {
		SecretSearch search = new SecretSearch(secret);
		search.look("", start);
		return search.found;
	}

	private void look(String path, @Nullable Object value) {
		if (value == null || !this.seen.add(value)) {
			return;
		}
		if (value instanceof CharSequence || value instanceof Enum || value instanceof Number) {
			check(path, value.toString());
		}
		else if (value instanceof byte[] bytes) {
			check(path, new String(bytes, StandardCharsets.ISO_8859_1));
		}
		else if (value.getClass().isArray()) {
			for (int i = 0; !value.getClass().getComponentType().isPrimitive() && i < Array.getLength(value); i++) {
				look(path + "[" + i + "]", Array.get(value, i));
			}
		}
		else if (value instanceof Collection<?> collection) {
			collection.forEach((element) -> look(path + "[]", element));
		}
		else if (value instanceof Map<?, ?> map) {
			map.forEach((key, element) -> {
				look(path + ".key", key);
				look(path + "." + key, element);
			});
		}
		else {
			lookInside(path, value);
		}
	}

	private void lookInside(String path, Object value) {
		check(path + ".toString()", value.toString());
		if (value instanceof Throwable thrown) {
			look(path + ".message", thrown.getMessage());
			look(path + ".cause", thrown.getCause());
			look(path + ".suppressed", thrown.getSuppressed());
		}
		for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass()) {
			if (type.getName().startsWith("java.")) {
				return;
			}
			for (Field field : type.getDeclaredFields()) {
				if (!Modifier.isStatic(field.getModifiers()) && field.trySetAccessible()) {
					look(path + "." + field.getName(), get(field, value));
				}
			}
		}
	}

	private static @Nullable Object get(Field field, Object owner) {
		try {
			return field.get(owner);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void check(String path, String text) {
		if (text.contains(this.secret)) {
			this.found.add(path);
		}
	}

}
