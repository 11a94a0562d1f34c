package io.nexus3.provider;

/**
 * A piece of a tool call's arguments, for showing them as they come.
 *
 * @param index the place of the call among the calls of the message, from 0
 * @param arguments the text to append to the arguments, never empty
 * @since 0.1.0
 */
public record ToolCallDelta(int index, String arguments) implements StreamEvent {

}
