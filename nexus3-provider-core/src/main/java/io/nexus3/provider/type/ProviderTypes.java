package io.nexus3.provider.type;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.nexus3.provider.config.AuthMethod;
import io.nexus3.provider.config.ProviderConfig;
import io.nexus3.provider.protocol.WireProtocol;
import io.nexus3.provider.protocol.anthropic.AnthropicProtocol;
import io.nexus3.provider.protocol.openai.OpenAiDialect;
import io.nexus3.provider.protocol.openai.OpenAiProtocol;
import io.nexus3.provider.type.ProviderType.Defaults;
import io.nexus3.provider.type.ProviderType.Probe;
import io.nexus3.provider.type.ProviderType.Probing;
import io.nexus3.provider.type.ProviderType.Route;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of provider types: one line per type.
 *
 * @since 0.1.0
 */
public final class ProviderTypes {

	/** The type of a provider that says nothing. */
	public static final String DEFAULT_TYPE = "openrouter";

	private static final WireProtocol ANTHROPIC = new AnthropicProtocol();

	private static final Probing MODELS = (endpoint) -> new Probe("/models", Map.of());

	/** OpenRouter lists its models to everybody; this looks at the key. */
	private static final Probing KEY = (endpoint) -> new Probe("/key", Map.of());

	private static final List<ProviderType> BUILT_IN = List.of(
			openAi("openrouter", "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY", OpenAiDialect.OPENROUTER, KEY),
			openAi("openai", "https://api.openai.com/v1", "OPENAI_API_KEY", OpenAiDialect.OPENAI, MODELS),
			openAi("ollama", "http://localhost:11434/v1", null, OpenAiDialect.OLLAMA, MODELS),
			openAi("vllm", "http://localhost:8000/v1", null, OpenAiDialect.VLLM, MODELS),
			openAi("groq", "https://api.groq.com/openai/v1", "GROQ_API_KEY", OpenAiDialect.GROQ, MODELS),
			openAi("deepseek", "https://api.deepseek.com", "DEEPSEEK_API_KEY", OpenAiDialect.DEEPSEEK, MODELS),
			openAi("openai-compatible", null, null, OpenAiDialect.COMPATIBLE, MODELS),
			new ProviderType("anthropic",
					new Defaults("https://api.anthropic.com", "ANTHROPIC_API_KEY", AuthMethod.X_API_KEY, null),
					(endpoint, model) -> new Route(
							endpoint.baseUrl().path().endsWith("/v1") ? "/messages" : "/v1/messages", model.id()),
					(endpoint) -> ANTHROPIC,
					(endpoint) -> new Probe(endpoint.baseUrl().path().endsWith("/v1") ? "/models" : "/v1/models",
							AnthropicProtocol.HEADERS)),
			new ProviderType("azure",
					new Defaults(null, "AZURE_OPENAI_KEY", AuthMethod.API_KEY, Azure.DEFAULT_API_VERSION), Azure::route,
					Azure::protocol, Azure::probe));

	private final Map<String, ProviderType> byName;

	private ProviderTypes(Map<String, ProviderType> byName) {
		this.byName = Collections.unmodifiableMap(byName);
	}

	/**
	 * The types of this library.
	 * @return the catalogue
	 */
	public static ProviderTypes builtIn() {
		return new ProviderTypes(new LinkedHashMap<>()).with(BUILT_IN);
	}

	/**
	 * This catalogue with further types; one of a name that exists takes its place.
	 * @param further the types to add
	 * @return a new catalogue
	 */
	public ProviderTypes with(Collection<ProviderType> further) {
		Map<String, ProviderType> all = new LinkedHashMap<>(this.byName);
		further.forEach((type) -> all.put(type.name(), type));
		return new ProviderTypes(all);
	}

	/**
	 * All types.
	 * @return the types in the order of the catalogue
	 */
	public Collection<ProviderType> all() {
		return this.byName.values();
	}

	/**
	 * The name of the type of a provider: as configured, else the provider's own name
	 * where that is a type, else {@value #DEFAULT_TYPE}.
	 * @param config the provider as configured
	 * @return the name, which need not be one of this catalogue
	 */
	public String typeName(ProviderConfig config) {
		if (config.type() != null) {
			return config.type();
		}
		return this.byName.containsKey(config.name()) ? config.name() : DEFAULT_TYPE;
	}

	/**
	 * A type.
	 * @param name its name
	 * @return the type, or {@code null} when there is none of that name
	 */
	public @Nullable ProviderType find(String name) {
		return this.byName.get(name);
	}

	private static ProviderType openAi(String name, @Nullable String baseUrl, @Nullable String apiKeyEnv,
			OpenAiDialect dialect, Probing probing) {
		WireProtocol protocol = new OpenAiProtocol(dialect);
		return new ProviderType(name, new Defaults(baseUrl, apiKeyEnv, AuthMethod.BEARER, null),
				(endpoint, model) -> new Route("/chat/completions", model.id()), (endpoint) -> protocol, probing);
	}

}
