package io.nexus3.provider.protocol.anthropic;

import java.util.function.Consumer;

import io.nexus3.provider.AssistantPart;
import io.nexus3.provider.StreamEvent;
import io.nexus3.provider.protocol.anthropic.WireEvent.Delta;
import org.jspecify.annotations.Nullable;

/**
 * A content block in the making. One per block; not thread-safe.
 */
sealed interface BlockDraft permits TextDraft, ThinkingDraft, ToolUseDraft, OpaqueDraft {

	/** Say what the start of the block holds. */
	void start(Consumer<? super StreamEvent> events);

	/**
	 * Take a piece.
	 * @return how many characters it added
	 */
	int append(Delta delta, Consumer<? super StreamEvent> events);

	/** The block is whole. */
	void stop(Consumer<? super StreamEvent> events);

	/**
	 * The part that the block has become.
	 * @return the part, or {@code null} where there is nothing that means something
	 */
	@Nullable AssistantPart part(Ending ending);

	/**
	 * How the answer ended, as far as a block is concerned.
	 */
	enum Ending {

		/** As the model wanted. */
		WHOLE,

		/** A limit or a filter stopped the answer, in or after this block. */
		CUT_OFF,

		/** The answer broke off somewhere. */
		BROKEN_OFF

	}

}
