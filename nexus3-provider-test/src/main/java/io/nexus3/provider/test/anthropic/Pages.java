package io.nexus3.provider.test.anthropic;

/**
 * The vendor's pages that state the rules.
 */
final class Pages {

	static final String MESSAGES = "https://platform.claude.com/docs/en/api/messages";

	static final String VERSIONS = "https://platform.claude.com/docs/en/api/versioning";

	static final String ERRORS = "https://platform.claude.com/docs/en/api/errors";

	static final String MODELS = "https://platform.claude.com/docs/en/about-claude/models/overview";

	static final String THINKING = "https://platform.claude.com/docs/en/build-with-claude/extended-thinking";

	static final String ADAPTIVE = "https://platform.claude.com/docs/en/build-with-claude/adaptive-thinking";

	static final String EFFORT = "https://platform.claude.com/docs/en/build-with-claude/effort";

	static final String TOOLS = "https://platform.claude.com/docs/en/agents-and-tools/tool-use/define-tools";

	static final String RESULTS = "https://platform.claude.com/docs/en/agents-and-tools/tool-use/handle-tool-calls";

	static final String CACHING = "https://platform.claude.com/docs/en/build-with-claude/prompt-caching";

	static final String PREFILL = "https://platform.claude.com/docs/en/about-claude/models/whats-new-claude-4-6";

	private Pages() {
	}

}
