package io.nexus3.provider.sample.web;

import java.nio.charset.StandardCharsets;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.stereotype.Component;

/**
 * Writes an event as one buffer. Spring's own writer, for {@code ServerSentEvent}, makes
 * a group of buffers of each and has Reactor Netty put an end behind every group. With
 * Reactor 3.8.6 that loses what the browser's connection asks for, once in some hundred
 * answers on a busy machine, and the answer stops for good; and where the browser goes
 * away between two buffers of a group, one of them is never given back.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML,
 * server-sent events</a>
 */
@Component
final class EventWriter {

	private final JsonMapper json;

	EventWriter(JsonMapper json) {
		this.json = json;
	}

	/** JSON on one line has no line break that would end the field. */
	DataBuffer write(ChatEvent event) {
		String frame = "event:" + event.eventName() + "\ndata:" + this.json.writeValueAsString(event) + "\n\n";
		return DefaultDataBufferFactory.sharedInstance.wrap(frame.getBytes(StandardCharsets.UTF_8));
	}

}
