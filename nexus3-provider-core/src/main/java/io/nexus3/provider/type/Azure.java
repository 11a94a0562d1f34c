package io.nexus3.provider.type;

import java.util.Map;

import io.nexus3.provider.config.UrlSegment;
import io.nexus3.provider.protocol.WireProtocol;
import io.nexus3.provider.protocol.openai.OpenAiDialect;
import io.nexus3.provider.protocol.openai.OpenAiProtocol;
import io.nexus3.provider.type.ProviderType.ModelName;
import io.nexus3.provider.type.ProviderType.Probe;
import io.nexus3.provider.type.ProviderType.Route;

/**
 * Azure OpenAI in both its URL styles: a base URL that ends with {@code /v1} is the v1
 * API, where the body names the deployment; any other takes the deployment and an
 * api-version in the URL.
 *
 * @see <a href="https://learn.microsoft.com/azure/ai-services/openai/reference">Azure
 * OpenAI, REST API reference</a>
 * @see <a href=
 * "https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle">Azure
 * OpenAI, v1 API</a>
 */
final class Azure {

	static final String DEFAULT_API_VERSION = "2024-02-01";

	/** Since this version the fields of newer models are known. */
	private static final String NEW_FIELDS_SINCE = "2024-09-01";

	private static final WireProtocol V1 = new OpenAiProtocol(OpenAiDialect.AZURE_V1);

	private static final WireProtocol CURRENT = new OpenAiProtocol(OpenAiDialect.AZURE);

	private static final WireProtocol LEGACY = new OpenAiProtocol(OpenAiDialect.AZURE_LEGACY);

	private Azure() {
	}

	static Route route(ProviderEndpoint endpoint, ModelName model) {
		String deployment = UrlSegment.of("deployment", model.deploymentOrId()).value();
		if (isV1(endpoint)) {
			return new Route("/chat/completions", deployment);
		}
		return new Route(
				root(endpoint) + "/deployments/" + deployment + "/chat/completions?api-version=" + version(endpoint),
				model.id());
	}

	static WireProtocol protocol(ProviderEndpoint endpoint) {
		if (isV1(endpoint)) {
			return V1;
		}
		return (version(endpoint).compareTo(NEW_FIELDS_SINCE) >= 0) ? CURRENT : LEGACY;
	}

	static Probe probe(ProviderEndpoint endpoint) {
		if (isV1(endpoint)) {
			return new Probe("/models", Map.of());
		}
		return new Probe(root(endpoint) + "/models?api-version=" + version(endpoint), Map.of());
	}

	private static String root(ProviderEndpoint endpoint) {
		return endpoint.baseUrl().path().endsWith("/openai") ? "" : "/openai";
	}

	private static boolean isV1(ProviderEndpoint endpoint) {
		return endpoint.baseUrl().path().endsWith("/v1");
	}

	private static String version(ProviderEndpoint endpoint) {
		String version = endpoint.apiVersion();
		return (version != null) ? version : DEFAULT_API_VERSION;
	}

}
