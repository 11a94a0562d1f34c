package io.nexus3.provider.protocol.openai;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.ContentPart;
import io.nexus3.provider.Message;
import io.nexus3.provider.SystemMessage;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.UserMessage;

/**
 * Where the prompts of models that want it are marked for their vendor's cache: the words
 * of the system, and what the user said before the last answer, which the next request
 * repeats unchanged. A mark holds for all that stands before it.
 *
 * @see <a href="https://openrouter.ai/docs/features/prompt-caching">OpenRouter, prompt
 * caching, Anthropic Claude</a>
 */
final class CachePlaces {

	private CachePlaces() {
	}

	/**
	 * The messages to mark.
	 * @param most how many at most
	 * @return their places
	 */
	static Set<Integer> in(List<Message> messages, int most) {
		Set<Integer> places = new LinkedHashSet<>();
		int system = lastOfFirstSystemMessages(messages);
		if (system >= 0 && most > 0) {
			places.add(system);
		}
		int user = lastAnsweredUserMessage(messages);
		if (user >= 0 && most > places.size()) {
			places.add(user);
		}
		return places;
	}

	/**
	 * The last of the first run of system messages is marked, if it has text, since empty
	 * text cannot be cached.
	 */
	private static int lastOfFirstSystemMessages(List<Message> messages) {
		int last = -1;
		for (int i = 0; i < messages.size(); i++) {
			if (messages.get(i) instanceof SystemMessage system) {
				last = system.text().isBlank() ? last : i;
			}
			else if (last >= 0) {
				break;
			}
		}
		return last;
	}

	private static int lastAnsweredUserMessage(List<Message> messages) {
		boolean answered = false;
		for (int i = messages.size() - 1; i >= 0; i--) {
			if (answered && messages.get(i) instanceof UserMessage user && lastText(user.content()) >= 0) {
				return i;
			}
			answered |= messages.get(i) instanceof AssistantMessage;
		}
		return -1;
	}

	/** The last text that is not blank, or -1: only text is marked. */
	static int lastText(List<ContentPart> parts) {
		for (int i = parts.size() - 1; i >= 0; i--) {
			if (parts.get(i) instanceof TextPart text && !text.text().isBlank()) {
				return i;
			}
		}
		return -1;
	}

}
