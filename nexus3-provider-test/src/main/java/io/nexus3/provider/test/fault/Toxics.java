package io.nexus3.provider.test.fault;

import java.util.ArrayList;
import java.util.List;

/**
 * What goes wrong on a connection, by direction. Of two toxics of a kind in one direction
 * the last counts.
 *
 * @param upstream on the way from the client to the server
 * @param downstream on the way from the server to the client
 * @since 0.1.0
 */
public record Toxics(List<Toxic> upstream, List<Toxic> downstream) {

	private static final Toxics NONE = new Toxics(List.of(), List.of());

	/**
	 * Copies the lists.
	 */
	public Toxics {
		upstream = List.copyOf(upstream);
		downstream = List.copyOf(downstream);
	}

	/**
	 * Nothing goes wrong.
	 * @return the empty value
	 */
	public static Toxics none() {
		return NONE;
	}

	/**
	 * Toxics on the way from the client to the server.
	 * @param toxics the toxics
	 * @return the value
	 */
	public static Toxics onUpstream(Toxic... toxics) {
		return new Toxics(List.of(toxics), List.of());
	}

	/**
	 * Toxics on the way from the server to the client.
	 * @param toxics the toxics
	 * @return the value
	 */
	public static Toxics onDownstream(Toxic... toxics) {
		return new Toxics(List.of(), List.of(toxics));
	}

	/**
	 * These toxics and others.
	 * @param others the others
	 * @return a new value
	 */
	public Toxics and(Toxics others) {
		return new Toxics(joined(this.upstream, others.upstream), joined(this.downstream, others.downstream));
	}

	/**
	 * Says whether anything goes wrong.
	 * @return whether there is no toxic
	 */
	public boolean isEmpty() {
		return this.upstream.isEmpty() && this.downstream.isEmpty();
	}

	private static List<Toxic> joined(List<Toxic> first, List<Toxic> second) {
		List<Toxic> joined = new ArrayList<>(first);
		joined.addAll(second);
		return joined;
	}

}
