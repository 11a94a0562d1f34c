package io.nexus3.provider.test.anthropic;

import java.util.LinkedHashSet;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What of prompts has been seen before: everything up to a mark, in the order tools,
 * system, messages. Prompts of any length are kept, where the vendor asks for about a
 * thousand tokens, and for good. Safe for use by any thread.
 *
 * @see <a href=
 * "https://platform.claude.com/docs/en/build-with-claude/prompt-caching">Anthropic,
 * prompt caching</a>
 */
final class PromptCache {

	private static final int MOST_PROMPTS = 1000;

	private static final int CHARACTERS_PER_TOKEN = 4;

	private final Set<String> seen = new LinkedHashSet<>();

	/**
	 * Counts the tokens of a prompt and keeps what is marked.
	 */
	synchronized Input count(JsonNode body) {
		Prefix prefix = new Prefix();
		prefix.addAll(body.path("tools"));
		prefix.addAll(body.path("system"));
		for (JsonNode message : body.path("messages")) {
			prefix.text.append(message.path("role").asString(""));
			prefix.addAll(message.path("content"));
		}
		int read = 0;
		int marked = 0;
		for (int end : prefix.marks) {
			String key = body.path("model").asString("") + "\n" + prefix.text.substring(0, end);
			marked = tokens(end);
			if (this.seen.contains(key)) {
				read = marked;
			}
			else if (this.seen.size() < MOST_PROMPTS) {
				this.seen.add(key);
			}
		}
		return new Input(1 + tokens(prefix.text.length()) - marked, read, marked - read);
	}

	private static int tokens(int characters) {
		return characters / CHARACTERS_PER_TOKEN;
	}

	/**
	 * The tokens of a prompt, each counted once.
	 *
	 * @param plain those that have nothing to do with the cache
	 * @param read those that were in it
	 * @param written those that are now
	 */
	record Input(int plain, int read, int written) {
	}

	/**
	 * A prompt as one text.
	 */
	private static final class Prefix {

		private final StringBuilder text = new StringBuilder();

		private final Set<Integer> marks = new LinkedHashSet<>();

		void addAll(JsonNode content) {
			if (!content.isArray()) {
				this.text.append(content.asString(""));
				return;
			}
			for (JsonNode block : content) {
				boolean marked = block.path("cache_control").isObject();
				if (block instanceof ObjectNode object && marked) {
					ObjectNode plain = object.deepCopy();
					plain.remove("cache_control");
					this.text.append(textOf(plain));
					this.marks.add(this.text.length());
				}
				else {
					this.text.append(textOf(block));
				}
			}
		}

		/** A text block says the same as a bare text. */
		private static String textOf(JsonNode block) {
			return block.path("type").asString("").equals("text") ? block.path("text").asString("") : block.toString();
		}

	}

}
