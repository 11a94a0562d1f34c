package io.nexus3.provider.benchmarks.run;

import java.util.List;
import java.util.Locale;

/**
 * Horizontal bars, drawn as SVG that is legible on a bright and on a dark page.
 *
 * @param file its name
 * @param title what it shows
 * @param unit what stands behind the figures
 * @param bars from top to bottom
 */
record Chart(String file, String title, String unit, List<Bar> bars) {

	private static final int WIDTH = 720;

	private static final int LABEL = 190;

	private static final int ROW = 28;

	private static final int TOP = 44;

	String svg() {
		double most = this.bars.stream().mapToDouble(Bar::value).max().orElse(1);
		int height = TOP + ROW * this.bars.size() + 12;
		StringBuilder svg = new StringBuilder();
		svg.append("""
				<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" \
				font-family="sans-serif" font-size="13">
				<title>%s</title>
				<rect width="100%%" height="100%%" fill="#ffffff"/>
				<text x="12" y="26" font-size="15" font-weight="bold" fill="#1f2328">%s</text>
				""".formatted(WIDTH, height, WIDTH, height, escape(this.title), escape(this.title)));
		int y = TOP;
		for (Bar bar : this.bars) {
			int length = (int) Math.max(1, bar.value() / most * (WIDTH - LABEL - 110));
			svg.append("""
					<text x="%d" y="%d" text-anchor="end" fill="#1f2328">%s</text>
					<rect x="%d" y="%d" width="%d" height="%d" rx="2" fill="%s"/>
					<text x="%d" y="%d" fill="#1f2328">%s</text>
					""".formatted(LABEL - 10, y + 17, escape(bar.label()), LABEL, y + 4, length, ROW - 10,
					bar.ours() ? "#0969da" : "#afb8c1", LABEL + length + 8, y + 17, value(bar.value())));
			y += ROW;
		}
		return svg.append("</svg>\n").toString();
	}

	private String value(double value) {
		return String.format(Locale.ROOT, (value < 100) ? "%.2f %s" : "%,.0f %s", value, this.unit);
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;");
	}

	/**
	 * One bar.
	 *
	 * @param label whose it is
	 * @param value how long
	 * @param ours whether it is our own
	 */
	record Bar(String label, double value, boolean ours) {

	}

}
