package io.nexus3.provider.conformance;

import java.util.ArrayList;
import java.util.List;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.ContentDelta;
import io.nexus3.provider.ReasoningDelta;
import io.nexus3.provider.StreamComplete;
import io.nexus3.provider.StreamEvent;
import org.jspecify.annotations.Nullable;

/**
 * What came of one reading of an exchange through the public API.
 *
 * @param how how it was served and read
 * @param events the events, none where the answer was asked for in one piece
 * @param message the message, or null where there is an error
 * @param error the error, or null where there is a message
 */
record Reading(String how, List<StreamEvent> events, @Nullable AssistantMessage message, @Nullable Throwable error) {

	static Reading ofMessage(String how, AssistantMessage message) {
		return new Reading(how, List.of(), message, null);
	}

	static Reading ofEvents(String how, List<StreamEvent> events) {
		StreamEvent last = events.isEmpty() ? null : events.get(events.size() - 1);
		AssistantMessage message = (last instanceof StreamComplete complete) ? complete.message() : null;
		return new Reading(how, new ArrayList<>(events), message,
				(message == null) ? new IllegalStateException("The last event is no completion: " + last) : null);
	}

	static Reading ofError(String how, List<StreamEvent> events, Throwable error) {
		return new Reading(how, new ArrayList<>(events), null, error);
	}

	boolean streamed() {
		return !this.events.isEmpty();
	}

	long completions() {
		return this.events.stream().filter(StreamComplete.class::isInstance).count();
	}

	String contentDeltas() {
		StringBuilder text = new StringBuilder();
		for (StreamEvent event : this.events) {
			if (event instanceof ContentDelta delta) {
				text.append(delta.text());
			}
		}
		return text.toString();
	}

	String reasoningDeltas() {
		StringBuilder text = new StringBuilder();
		for (StreamEvent event : this.events) {
			if (event instanceof ReasoningDelta delta) {
				text.append(delta.text());
			}
		}
		return text.toString();
	}

}
