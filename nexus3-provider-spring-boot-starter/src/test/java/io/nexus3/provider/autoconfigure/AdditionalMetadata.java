package io.nexus3.provider.autoconfigure;

import java.util.List;

import io.nexus3.provider.autoconfigure.ConfigurationKeys.Key;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.core.util.Separators.Spacing;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes {@code additional-spring-configuration-metadata.json}, the keys for tools: those
 * of entries, because Boot's annotation processor stops at maps. The other hints are
 * written by hand and stay.
 */
final class AdditionalMetadata {

	private static final String NAMES_OF_PROVIDERS = "nexus3.providers.keys";

	private static final String TYPE_OF_PROVIDER = "nexus3.providers[<name>].type";

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private AdditionalMetadata() {
	}

	/**
	 * The file with what is generated in its place.
	 * @param file the file as it is
	 * @param keys all keys
	 * @return the file as it should be
	 */
	static String of(String file, List<Key> keys) {
		ObjectNode metadata = (ObjectNode) MAPPER.readTree(file);
		ArrayNode properties = metadata.putArray("properties");
		keys.stream().filter(Key::inEntry).map(AdditionalMetadata::property).forEach(properties::add);
		metadata.set("hints", hints(metadata.path("hints")));
		return MAPPER.writer().with(Layout.printer()).writeValueAsString(metadata) + "\n";
	}

	private static ObjectNode property(Key key) {
		ObjectNode property = MAPPER.createObjectNode()
			.put("name", key.name())
			.put("type", key.javaType())
			.put("description", key.description());
		if (key.defaultValue() != null) {
			property.putPOJO("defaultValue", key.defaultValue());
		}
		return property;
	}

	/** What may stand as a type is what may stand as a name, and is written once. */
	private static ArrayNode hints(JsonNode written) {
		ArrayNode hints = MAPPER.createArrayNode();
		for (JsonNode hint : written) {
			String name = hint.path("name").asString();
			if (!name.equals(TYPE_OF_PROVIDER)) {
				hints.add(hint);
			}
			if (name.equals(NAMES_OF_PROVIDERS)) {
				hints.add(((ObjectNode) hint.deepCopy()).put("name", TYPE_OF_PROVIDER));
			}
		}
		return hints;
	}

	/**
	 * Tabs, and each value of a hint in one line.
	 */
	private static final class Layout extends DefaultPrettyPrinter.FixedSpaceIndenter {

		private static final DefaultIndenter TABS = new DefaultIndenter("\t", "\n");

		private static final int INNERMOST_LINES = 3;

		static PrettyPrinter printer() {
			Separators separators = Separators.createDefaultInstance().withObjectNameValueSpacing(Spacing.AFTER);
			return new DefaultPrettyPrinter(separators).withArrayIndenter(TABS).withObjectIndenter(new Layout());
		}

		@Override
		public void writeIndentation(JsonGenerator generator, int level) {
			if (level <= INNERMOST_LINES) {
				TABS.writeIndentation(generator, level);
			}
			else {
				super.writeIndentation(generator, level);
			}
		}

		@Override
		public boolean isInline() {
			return false;
		}

	}

}
