package io.nexus3.provider.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.nexus3.provider.benchmarks.client.ClientProcess;
import io.nexus3.provider.benchmarks.server.FakeProvider;

/**
 * Runs everything: for each scenario a fake provider and a JVM for each client, which are
 * warmed up and then measured in turn. The module's README says what to call it with.
 */
public final class Benchmarks {

	private static final double WARM = 0.05;

	/**
	 * How long a client runs before what counts, when it is its turn: it has waited for
	 * the others, and what it does after a pause may throw away compiled code.
	 */
	private static final int LEAD_IN_SECONDS = 1;

	/** How long a client is measured at least, when it is its turn. */
	private static final int TURN_SECONDS = 2;

	private final Options options;

	private final ClassPaths classPaths;

	private final Path output;

	private final Results results = new Results();

	private Benchmarks(Options options) {
		this.options = options;
		this.classPaths = new ClassPaths(options.root());
		this.output = options.root().resolve("target/benchmarks");
	}

	/**
	 * Run.
	 * @param args as in the README
	 * @throws IOException if a process cannot be started or a file not be written
	 */
	public static void main(String[] args) throws IOException {
		new Benchmarks(Options.of(args)).run();
	}

	private void run() throws IOException {
		Files.createDirectories(this.output);
		Machine machine = Machine.now(this.classPaths);
		Path lines = this.output.resolve("results.jsonl");
		Files.writeString(lines, machine.json() + "\n");
		Report report = new Report(machine, this.results, this.options.scenarios());
		for (Scenario scenario : this.options.scenarios()) {
			run(scenario, lines);
			// What was measured is there even where the run is broken off.
			report.write(this.output, this.output);
		}
		if (this.options.startup()) {
			for (Round round : new Startup(this.classPaths, errors()).rounds(this.options.startupRounds())) {
				keep(round, lines);
			}
		}
		report.write(this.output, this.options.docs());
		say("Written to " + this.output);
	}

	private void run(Scenario scenario, Path lines) throws IOException {
		say(scenario.title());
		Map<Peer, Worker> workers = new EnumMap<>(Peer.class);
		try (Worker server = Worker.start(this.classPaths.of(""), errors(), FakeProvider.class.getName())) {
			int port = Integer.parseInt(server.await("PORT "));
			for (Peer peer : this.options.peers()) {
				if (scenario.has(peer)) {
					Worker worker = Worker.start(this.classPaths.of(peer.module()), errors(),
							ClientProcess.class.getName(), peer.factory());
					workers.put(peer, worker);
					warmUp(scenario, peer, worker, port);
				}
			}
			int rounds = Math.min(this.options.rounds(), scenario.kind().mostRounds());
			for (int number = 1; number <= rounds; number++) {
				for (Map.Entry<Peer, Worker> entry : workers.entrySet()) {
					turn(scenario, entry.getKey(), entry.getValue(), port, number, lines);
				}
			}
		}
		finally {
			workers.values().forEach(Worker::close);
		}
	}

	private void warmUp(Scenario scenario, Peer peer, Worker worker, int port) throws IOException {
		long seconds = switch (scenario.kind()) {
			case EVENTS, CALLS, PACED -> this.options.warmUpSeconds();
			case HEAP -> 1;
			case ACCEPTED -> 0;
		};
		long start = System.nanoTime();
		long end = start + TimeUnit.SECONDS.toNanos(seconds);
		while (System.nanoTime() < end) {
			Round round = round(scenario, peer, worker, port, 0);
			// Compilers rest before the last of them has begun, hence a least time.
			boolean rest = round.values().getOrDefault(Round.JIT_SHARE, 0.0) < WARM
					&& System.nanoTime() - start > (end - start) / 2;
			if (!round.failure().isEmpty() || rest) {
				return;
			}
		}
	}

	/**
	 * A neighbour on the machine slows it down for a second, in which a quick client is
	 * through its calls twice: it repeats them.
	 */
	private void turn(Scenario scenario, Peer peer, Worker worker, int port, int number, Path lines)
			throws IOException {
		boolean repeat = scenario.gapMicros() == 0 && scenario.kind() != Scenario.Kind.ACCEPTED;
		long start = System.nanoTime();
		while (repeat && seconds(start) < LEAD_IN_SECONDS) {
			round(scenario, peer, worker, port, 0);
		}
		start = System.nanoTime();
		Round last;
		do {
			last = round(scenario, peer, worker, port, number);
			keep(last, lines);
		}
		while (repeat && last.failure().isEmpty() && seconds(start) < TURN_SECONDS);
	}

	private static double seconds(long start) {
		return (System.nanoTime() - start) / 1e9;
	}

	private Round round(Scenario scenario, Peer peer, Worker worker, int port, int number) throws IOException {
		worker.say(scenario.order(port).line());
		Map<String, String> said;
		try {
			said = Worker.pairs(worker.await(ClientProcess.RESULT));
		}
		catch (IOException ex) {
			said = Map.of("failures", "1", "failure", "the_process_ended");
		}
		return Measurement.of(scenario, peer, number, said);
	}

	private void keep(Round round, Path lines) throws IOException {
		this.results.add(round);
		Files.writeString(lines, Results.json(round) + "\n", StandardOpenOption.APPEND);
		say("  " + round.peer() + " " + round.values() + " " + round.failure());
	}

	private Path errors() {
		return this.output.resolve("errors.log");
	}

	private static void say(String line) {
		System.out.println(line);
	}

	/**
	 * What to run.
	 *
	 * @param root the folder of the benchmarks
	 * @param scenarios what
	 * @param peers who
	 * @param rounds how often
	 * @param warmUpSeconds how long at most before it counts; less when compilers rest
	 * @param startupRounds how many starts of each application, 0 for none
	 * @param docs where the report for readers goes, or the output folder's own
	 */
	record Options(Path root, List<Scenario> scenarios, List<Peer> peers, int rounds, int warmUpSeconds,
			int startupRounds, Path docs) {

		private static final List<String> SHORT_SCENARIOS = List.of("s1-openai", "s1-anthropic", "s4");

		private static final List<Peer> SHORT_PEERS = List.of(Peer.NEXUS3, Peer.SPRING_AI, Peer.LANGCHAIN4J,
				Peer.WEBCLIENT, Peer.WEBCLIENT_DRAIN);

		static Options of(String[] args) {
			Path root = Path.of(System.getProperty("benchmarks.root", "")).toAbsolutePath();
			Options options = new Options(root, Scenario.all(), List.of(Peer.values()), 3, 30, 11,
					root.resolve("target/benchmarks"));
			for (String arg : args) {
				String value = arg.substring(arg.indexOf('=') + 1);
				options = switch (arg.replaceFirst("=.*", "")) {
					case "--short" -> options.shorter();
					case "--scenarios" -> options.withScenarios(List.of(value.split(",")));
					case "--peers" -> options.withPeers(List.of(value.split(",")).stream().map(Peer::of).toList());
					case "--rounds" -> options.withRounds(Integer.parseInt(value), options.warmUpSeconds());
					case "--warm-up" -> options.withRounds(options.rounds(), Integer.parseInt(value));
					case "--docs" -> options.withDocs(Path.of(value));
					default -> throw new IllegalArgumentException("Unknown option " + arg);
				};
			}
			return options;
		}

		private Options shorter() {
			return new Options(this.root,
					withScenarios(SHORT_SCENARIOS).scenarios.stream().map(Scenario::shorter).toList(), SHORT_PEERS, 1,
					4, 0, this.docs);
		}

		private Options withScenarios(List<String> ids) {
			List<Scenario> wanted = Scenario.all().stream().filter((scenario) -> ids.contains(scenario.id())).toList();
			return new Options(this.root, wanted, this.peers, this.rounds, this.warmUpSeconds,
					ids.contains("startup") ? this.startupRounds : 0, this.docs);
		}

		private Options withPeers(List<Peer> peers) {
			return new Options(this.root, this.scenarios, peers, this.rounds, this.warmUpSeconds, this.startupRounds,
					this.docs);
		}

		private Options withRounds(int rounds, int warmUpSeconds) {
			return new Options(this.root, this.scenarios, this.peers, rounds, warmUpSeconds, this.startupRounds,
					this.docs);
		}

		private Options withDocs(Path docs) {
			return new Options(this.root, this.scenarios, this.peers, this.rounds, this.warmUpSeconds,
					this.startupRounds, docs);
		}

		boolean startup() {
			return this.startupRounds > 0;
		}

	}

}
