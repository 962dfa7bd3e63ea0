package dev.stele.stateres.resolve;

import dev.stele.stateres.version.StateResolution;
import java.util.BitSet;

/**
 * The full conflicted set: conflicted state, auth difference and, in v2.1, the conflicted state
 * subgraph, as numbers of an {@link AuthGraph}.
 *
 * <p>What every state rests on cannot be in the auth difference. So the search walks down from the
 * conflicted events only, and carries along, per event, the set of states whose auth chains hold
 * it. An event that not all conflicted parts reach may still be below unconflicted state, which all
 * states share; only where such events are found is the unconflicted state looked into.
 */
final class FullConflictedSet {
  private final AuthGraph graph;
  private final Conflict conflict;
  private final int words;
  private final long[] full;

  private FullConflictedSet(AuthGraph graph, Conflict conflict) {
    this.graph = graph;
    this.conflict = conflict;
    BitSet states = new BitSet();
    states.set(0, conflict.states());
    this.full = states.toLongArray();
    this.words = full.length;
  }

  static BitSet of(AuthGraph graph, Conflict conflict, StateResolution algorithm) {
    return new FullConflictedSet(graph, conflict).compute(algorithm);
  }

  private BitSet compute(StateResolution algorithm) {
    String[] ids = conflict.conflicted();
    BitSet conflicted = new BitSet();
    for (String id : ids) {
      int number = graph.close(id);
      if (number >= 0) {
        conflicted.set(number);
      }
    }
    int size = graph.size();
    BitSet result = (BitSet) conflicted.clone();
    result.or(authDifference(chains(ids, size), conflicted, size));
    if (algorithm == StateResolution.V2_1) {
      result.or(above(conflicted, size));
    }
    return result;
  }

  /** By event, {@link #words} words: the states of which some conflicted event rests on it. */
  private long[] chains(String[] ids, int size) {
    long[] sources = new long[size * words];
    for (String id : ids) {
      int number = graph.numberOf(id);
      if (number >= 0) {
        long[] holders = conflict.holders(id).toLongArray();
        System.arraycopy(holders, 0, sources, number * words, holders.length);
      }
    }
    long[] chains = new long[size * words];
    for (int event = size - 1; event >= 0; event--) {
      for (int below : graph.authEvents(event)) {
        spread(chains, sources, event * words, below * words);
      }
    }
    return chains;
  }

  private void spread(long[] chains, long[] sources, int from, int to) {
    for (int i = 0; i < words; i++) {
      chains[to + i] |= chains[from + i] | sources[from + i];
    }
  }

  private BitSet authDifference(long[] chains, BitSet conflicted, int size) {
    BitSet difference = new BitSet(size);
    boolean beyondConflicted = false;
    for (int event = 0; event < size; event++) {
      if (isPartial(chains, event * words)) {
        difference.set(event);
        beyondConflicted |= !conflicted.get(event);
      }
    }
    if (beyondConflicted) {
      difference.andNot(belowUnconflicted());
    }
    return difference;
  }

  private boolean isPartial(long[] chains, int at) {
    boolean none = true;
    boolean all = true;
    for (int i = 0; i < words; i++) {
      none &= chains[at + i] == 0;
      all &= chains[at + i] == full[i];
    }
    return !none && !all;
  }

  /** The auth chains of the state upon which all agree: in every state's chain. */
  private BitSet belowUnconflicted() {
    BitSet sources = new BitSet();
    conflict.forEachUnconflicted(
        id -> {
          int number = graph.close(id);
          if (number >= 0) {
            sources.set(number);
          }
        });
    return AuthChains.below(graph, sources);
  }

  /**
   * The events from which auth events lead to one of the given. All events here are themselves
   * below a conflicted event, so that for conflicted events these are the ones on paths between
   * two.
   */
  private BitSet above(BitSet targets, int size) {
    BitSet above = (BitSet) targets.clone();
    for (int event = 0; event < size; event++) {
      for (int below : graph.authEvents(event)) {
        if (above.get(below)) {
          above.set(event);
        }
      }
    }
    return above;
  }
}
