package io.nexus3.provider.protocol.anthropic;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.nexus3.provider.AssistantMessage;
import io.nexus3.provider.AssistantPart;
import io.nexus3.provider.ContentPart;
import io.nexus3.provider.Message;
import io.nexus3.provider.OpaquePart;
import io.nexus3.provider.ReasoningPart;
import io.nexus3.provider.RefusalPart;
import io.nexus3.provider.SystemMessage;
import io.nexus3.provider.TextPart;
import io.nexus3.provider.ToolMessage;
import io.nexus3.provider.UserMessage;
import io.nexus3.provider.VendorJson;
import io.nexus3.provider.VendorJson.Origin;
import io.nexus3.provider.protocol.CacheMarks;
import io.nexus3.provider.protocol.ConversationRepair;

/**
 * A conversation as this format wants it: the system's words apart, and turns that
 * alternate between user and assistant.
 * <ul>
 * <li>System messages, later ones too, are joined with a blank line between: the format
 * has one place for them, before everything else.</li>
 * <li>Messages of one side that follow each other are one turn; so all results of a round
 * of tool calls are in one, and first in it.</li>
 * <li>Blank text is refused by the vendor and left out, and so is a turn of which nothing
 * remains. Reasoning and vendor data of another origin are left out too.</li>
 * </ul>
 *
 * @param system the system's words, possibly empty
 * @param turns the turns
 * @see <a href="https://platform.claude.com/docs/en/api/messages">Anthropic, create a
 * message</a>
 */
record Conversation(String system, List<Turn> turns) {

	static Conversation of(List<Message> messages, Origin origin) {
		List<Message> repaired = ConversationRepair.repair(messages);
		String system = repaired.stream()
			.filter(SystemMessage.class::isInstance)
			.map((message) -> ((SystemMessage) message).text())
			.filter((text) -> !text.isBlank())
			.collect(Collectors.joining("\n\n"));
		List<Turn> turns = new ArrayList<>();
		for (Message message : repaired) {
			if (message instanceof UserMessage user) {
				add(turns, true, user.content().stream().filter(Conversation::says).toList());
			}
			else if (message instanceof ToolMessage result) {
				add(turns, true, List.of(result));
			}
			else if (message instanceof AssistantMessage assistant) {
				add(turns, false, assistant.parts().stream().filter((part) -> returns(part, origin)).toList());
			}
			else if (!(message instanceof SystemMessage)) {
				throw new IllegalStateException("Unknown message " + message.getClass().getName());
			}
		}
		return new Conversation(system, turns);
	}

	private static void add(List<Turn> turns, boolean user, List<?> items) {
		if (items.isEmpty()) {
			return;
		}
		Turn last = turns.isEmpty() ? null : turns.get(turns.size() - 1);
		if (last != null && last.user() == user) {
			last.items().addAll(items);
		}
		else {
			turns.add(new Turn(user, new ArrayList<>(items)));
		}
	}

	static boolean says(ContentPart part) {
		return !(part instanceof TextPart text) || !text.text().isBlank();
	}

	private static boolean returns(AssistantPart part, Origin origin) {
		if (part instanceof TextPart text) {
			return !text.text().isBlank();
		}
		if (part instanceof RefusalPart refusal) {
			return !refusal.text().isBlank();
		}
		if (part instanceof ReasoningPart reasoning) {
			VendorJson vendor = reasoning.vendorJson();
			return vendor != null && vendor.origin().equals(origin);
		}
		if (part instanceof OpaquePart opaque) {
			return opaque.vendorJson().origin().equals(origin);
		}
		return true;
	}

	/**
	 * The user turn before the last, which the next request will repeat unchanged.
	 * @return its place among the turns, or -1
	 */
	int nextToLastUserTurn() {
		int last = -1;
		int before = -1;
		for (int i = 0; i < this.turns.size(); i++) {
			if (this.turns.get(i).user()) {
				before = last;
				last = i;
			}
		}
		return before;
	}

	/** How many of the vendor's own blocks, which go back as they are, are marked. */
	int cacheMarks() {
		int marks = 0;
		for (Turn turn : this.turns) {
			for (Object item : turn.items()) {
				VendorJson vendor = (item instanceof OpaquePart opaque) ? opaque.vendorJson()
						: (item instanceof TextPart text) ? text.vendorJson() : null;
				marks += (vendor != null) ? CacheMarks.inBlock(vendor.json()) : 0;
			}
		}
		return marks;
	}

	/**
	 * Whether the round of tool calls that is going on began without thinking.
	 */
	boolean inRoundWithoutThinking() {
		boolean without = false;
		for (int i = this.turns.size() - 1; i > 0 && isResults(this.turns.get(i)); i -= 2) {
			without = !(this.turns.get(i - 1).items().get(0) instanceof ReasoningPart);
		}
		return without;
	}

	private static boolean isResults(Turn turn) {
		return turn.user() && turn.items().get(0) instanceof ToolMessage;
	}

	/**
	 * What one side says.
	 *
	 * @param user whether it is the user's side
	 * @param items content parts and tool messages of the user, parts of the assistant
	 */
	record Turn(boolean user, List<Object> items) {

	}

}
