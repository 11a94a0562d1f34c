package io.nexus3.provider.sample.web;

import java.util.List;

import io.nexus3.provider.CompletionRequest;
import io.nexus3.provider.ErrorKind;
import io.nexus3.provider.ProviderException;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.registry.ProviderRegistry;
import io.nexus3.provider.registry.ResolvedModel;
import io.nexus3.provider.sample.simulation.Scenario;
import io.nexus3.provider.sample.simulation.Simulation;
import io.nexus3.provider.sample.tool.Tool;
import io.nexus3.provider.sample.tool.ToolLoop;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Chats: takes a conversation and streams the answer as server-sent events. When the
 * browser goes away, the subscription is cancelled, and with it the call to the model.
 *
 * @since 0.1.0
 */
@RestController
@RequestMapping(path = "/api/chat", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
public class ChatController {

	private static final int MAX_ROUNDS = 8;

	private final ProviderRegistry registry;

	private final ToolLoop withTools;

	private final ToolLoop withoutTools;

	private final Simulation simulation;

	private final EventWriter events;

	ChatController(ProviderRegistry registry, List<Tool> tools, Simulation simulation, EventWriter events) {
		this.registry = registry;
		this.simulation = simulation;
		this.events = events;
		this.withTools = new ToolLoop(tools, MAX_ROUNDS);
		this.withoutTools = new ToolLoop(List.of(), MAX_ROUNDS);
	}

	/**
	 * Go on with a conversation.
	 * @param request the conversation
	 * @return the answer's events as written, a buffer each; see {@link ChatEvent}
	 */
	@PostMapping
	public Flux<DataBuffer> chat(@RequestBody ChatRequest request) {
		String alias = (request.model() != null && !request.model().isBlank()) ? request.model() : null;
		CompletionRequest completion = spoiled(request, resolve(alias));
		ToolLoop loop = request.withTools() ? this.withTools : this.withoutTools;
		return ChatEvents
			.of(Flux.defer(() -> loop.run(this.registry.getForModel(alias), completion)),
					new CallWatch(request.withWire(), System::nanoTime))
			.map(this.events::write);
	}

	/**
	 * Answer a single message, for {@code curl -N}.
	 * @param model the alias of the model; the default model unless given
	 * @param message what the user says
	 * @param tools whether the model may call tools
	 * @param reasoning how much the model shall think; as configured unless given
	 * @param site where a browser says that the request comes from, or {@code null}
	 * @return the answer's events
	 */
	@GetMapping
	public Flux<DataBuffer> ask(@RequestParam(required = false) @Nullable String model, @RequestParam String message,
			@RequestParam(defaultValue = "true") boolean tools,
			@RequestParam(required = false) @Nullable String reasoning,
			@RequestHeader(name = "Sec-Fetch-Site", required = false) @Nullable String site) {
		// Any page may name this address in an image; the answer costs its owner's money.
		if (site != null && !site.equals("same-origin") && !site.equals("none")) {
			throw ChatProblem.foreignPage();
		}
		return chat(new ChatRequest(model, List.of(new ChatRequest.Turn("user", message)), tools, reasoning));
	}

	/**
	 * Checks the alias before the stream begins, while a status can still be sent.
	 */
	private ResolvedModel resolve(@Nullable String alias) {
		try {
			return this.registry.resolve(alias);
		}
		catch (ProviderException ex) {
			if (ex.kind() == ErrorKind.CONFIGURATION) {
				throw ChatProblem.unknownModel(alias, this.registry.config().models().keySet());
			}
			throw ex;
		}
	}

	private CompletionRequest spoiled(ChatRequest request, ResolvedModel model) {
		CompletionRequest completion = request.toCompletionRequest();
		if (request.scenario() == null || request.scenario().isBlank()) {
			return completion;
		}
		Scenario scenario = this.simulation.scenario(request.scenario());
		ProviderConfig provider = this.registry.config().providers().get(model.provider());
		if (scenario == null || provider == null || !this.simulation.covers(provider)) {
			throw ChatProblem
				.badRequest("There is no scenario '%s' for the model '%s': scenarios are for simulated models"
					.formatted(request.scenario(), model.alias()));
		}
		return scenario.in(completion);
	}

}
