package io.nexus3.provider.test.anthropic;

/**
 * Judges what comes back of thinking.
 */
interface SignatureCheck {

	/** Only the vendor can tell who issued a signature: any text may be one. */
	SignatureCheck FORM = new SignatureCheck() {

		@Override
		public boolean signed(String thinking, String signature) {
			return !signature.isBlank();
		}

		@Override
		public boolean redacted(String data) {
			return !data.isBlank();
		}

	};

	/**
	 * Whether a signature belongs to a text.
	 * @param thinking the text as it came back, possibly empty
	 * @param signature the signature as it came back
	 */
	boolean signed(String thinking, String signature);

	/**
	 * Whether data are redacted thinking.
	 * @param data the data as they came back
	 */
	boolean redacted(String data);

}
