package io.nexus3.provider.benchmarks.client;

/**
 * What a client's process is to do: one line of its standard input.
 *
 * @param api the wire format
 * @param baseUrl where the answers are
 * @param stream whether answers are taken as streams
 * @param calls how many calls
 * @param concurrency how many at a time
 * @param timed whether texts are times
 * @param heap whether to measure the heap while all calls are under way
 */
public record Order(BenchmarkClient.Api api, String baseUrl, boolean stream, int calls, int concurrency, boolean timed,
		boolean heap) {

	/**
	 * The order as a line.
	 * @return the line
	 */
	public String line() {
		return String.join(" ", this.api.name(), this.baseUrl, Boolean.toString(this.stream),
				Integer.toString(this.calls), Integer.toString(this.concurrency), Boolean.toString(this.timed),
				Boolean.toString(this.heap));
	}

	static Order of(String line) {
		String[] parts = line.split(" ");
		return new Order(BenchmarkClient.Api.valueOf(parts[0]), parts[1], Boolean.parseBoolean(parts[2]),
				Integer.parseInt(parts[3]), Integer.parseInt(parts[4]), Boolean.parseBoolean(parts[5]),
				Boolean.parseBoolean(parts[6]));
	}

}
