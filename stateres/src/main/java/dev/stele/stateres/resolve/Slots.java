package dev.stele.stateres.resolve;

import dev.stele.stateres.event.StateKey;
import dev.stele.stateres.resolve.HashNode.Change;
import dev.stele.stateres.resolve.HashNode.Clash;
import dev.stele.stateres.resolve.HashNode.Leaf;
import dev.stele.stateres.resolve.StateMap.Difference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in the slots of a {@link HashNode}: a leaf, a clash of leaves, or a node. */
@SuppressWarnings("unchecked") // a slot's values have the type of the map that holds it
final class Slots {
  private Slots() {}

  static <V> HashNode<V> node(Object slot) {
    return (HashNode<V>) slot;
  }

  static int hashOf(Object slot) {
    return slot instanceof Leaf<?> leaf ? leaf.hash() : ((Clash<?>) slot).hash();
  }

  static <V> List<Leaf<V>> leavesOf(@Nullable Object slot) {
    if (slot == null) {
      return List.of();
    }
    return slot instanceof Leaf<?> leaf ? List.of((Leaf<V>) leaf) : ((Clash<V>) slot).leaves();
  }

  static <V> @Nullable Leaf<V> find(Object slot, StateKey key) {
    if (slot instanceof Leaf<?> leaf) {
      return leaf.key().equals(key) ? (Leaf<V>) leaf : null;
    }
    return find(Slots.<V>leavesOf(slot), key);
  }

  private static <V> @Nullable Leaf<V> find(List<Leaf<V>> leaves, StateKey key) {
    for (Leaf<V> leaf : leaves) {
      if (leaf.key().equals(key)) {
        return leaf;
      }
    }
    return null;
  }

  /** The slot with the leaf put among those of the same hash. */
  static <V> Object put(Object slot, Leaf<V> leaf, Change change) {
    Leaf<V> before = find(slot, leaf.key());
    if (before != null && before.value().equals(leaf.value())) {
      return slot;
    }
    change.done = true;
    change.added = before == null;
    List<Leaf<V>> leaves = new ArrayList<>(leavesOf(slot));
    if (before != null) {
      leaves.remove(before);
    }
    leaves.add(leaf);
    leaves.sort(Comparator.comparing(Leaf::key));
    return slotOf(leaves);
  }

  /** The slot without the key; null when nothing is left of it. */
  static @Nullable Object remove(Object slot, StateKey key, Change change) {
    Leaf<Object> leaf = find(slot, key);
    if (leaf == null) {
      return slot;
    }
    change.done = true;
    List<Leaf<Object>> leaves = new ArrayList<>(leavesOf(slot));
    leaves.remove(leaf);
    return leaves.isEmpty() ? null : slotOf(leaves);
  }

  private static <V> Object slotOf(List<Leaf<V>> leaves) {
    return leaves.size() == 1
        ? leaves.get(0)
        : new Clash<>(leaves.get(0).hash(), List.copyOf(leaves));
  }

  /** Tells the keys at which two slots without nodes differ. */
  static <V> void diff(
      @Nullable Object mine, @Nullable Object theirs, Difference<? super V> difference) {
    List<Leaf<V>> ours = leavesOf(mine);
    List<Leaf<V>> others = leavesOf(theirs);
    for (Leaf<V> leaf : ours) {
      Leaf<V> other = find(others, leaf.key());
      if (other == null || !other.value().equals(leaf.value())) {
        difference.accept(leaf.key(), leaf.value(), other == null ? null : other.value());
      }
    }
    for (Leaf<V> leaf : others) {
      if (find(ours, leaf.key()) == null) {
        difference.accept(leaf.key(), null, leaf.value());
      }
    }
  }
}
