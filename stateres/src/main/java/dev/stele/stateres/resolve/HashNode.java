package dev.stele.stateres.resolve;

import dev.stele.stateres.event.StateKey;
import dev.stele.stateres.resolve.StateMap.Difference;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A node of a hash trie. Each level takes five bits of the key's hash. A slot of the array holds
 * either a {@link Leaf}, a {@link Clash} of leaves whose whole hashes are equal, or another node;
 * the bitmap says which of the 32 slots are there. A subtree with one leaf is always that leaf, so
 * that equal maps have equal shapes.
 */
final class HashNode<V> {
  private static final int BITS = 5;
  private static final int MASK = 31;
  private static final HashNode<?> EMPTY = new HashNode<>(0, new Object[0]);

  private final int bitmap;
  private final Object[] slots;

  private HashNode(int bitmap, Object[] slots) {
    this.bitmap = bitmap;
    this.slots = slots;
  }

  /** What a change did. */
  static final class Change {
    boolean done;
    boolean added;
  }

  record Leaf<V>(StateKey key, int hash, V value) {}

  /** Leaves of one hash, in the order of their keys. At least two. */
  record Clash<V>(int hash, List<Leaf<V>> leaves) {}

  @SuppressWarnings("unchecked") // holds no value of any type
  static <V> HashNode<V> empty() {
    return (HashNode<V>) EMPTY;
  }

  static int spread(StateKey key) {
    int hash = key.hashCode() * 0x9E3779B9;
    return hash ^ (hash >>> 16);
  }

  @Nullable V get(StateKey key, int hash, int shift) {
    HashNode<V> node = this;
    for (int s = shift; ; s += BITS) {
      int bit = 1 << ((hash >>> s) & MASK);
      if ((node.bitmap & bit) == 0) {
        return null;
      }
      Object slot = node.slots[node.indexOf(bit)];
      if (!(slot instanceof HashNode<?>)) {
        Leaf<V> leaf = Slots.<V>find(slot, key);
        return leaf == null ? null : leaf.value();
      }
      node = Slots.node(slot);
    }
  }

  HashNode<V> put(StateKey key, V value, int hash, int shift, Change change) {
    int bit = 1 << ((hash >>> shift) & MASK);
    int index = indexOf(bit);
    if ((bitmap & bit) == 0) {
      change.done = true;
      change.added = true;
      return inserted(bit, index, new Leaf<>(key, hash, value));
    }
    Object slot = slots[index];
    Object changed;
    if (slot instanceof HashNode<?>) {
      changed = Slots.<V>node(slot).put(key, value, hash, shift + BITS, change);
    } else if (Slots.hashOf(slot) == hash) {
      changed = Slots.put(slot, new Leaf<>(key, hash, value), change);
    } else {
      changed = pushedDown(slot, shift + BITS).put(key, value, hash, shift + BITS, change);
    }
    return change.done ? replaced(index, changed) : this;
  }

  private HashNode<V> pushedDown(Object slot, int shift) {
    return new HashNode<>(1 << ((Slots.hashOf(slot) >>> shift) & MASK), new Object[] {slot});
  }

  HashNode<V> remove(StateKey key, int hash, int shift, Change change) {
    int bit = 1 << ((hash >>> shift) & MASK);
    if ((bitmap & bit) == 0) {
      return this;
    }
    int index = indexOf(bit);
    Object slot = slots[index];
    Object changed =
        slot instanceof HashNode<?>
            ? Slots.<V>node(slot).remove(key, hash, shift + BITS, change).collapsed()
            : Slots.remove(slot, key, change);
    if (!change.done) {
      return this;
    }
    return changed == null ? without(bit, index) : replaced(index, changed);
  }

  /** This node, or its only slot when that is no node and can take the node's place. */
  private Object collapsed() {
    return slots.length == 1 && !(slots[0] instanceof HashNode<?>) ? slots[0] : this;
  }

  void forEach(BiConsumer<? super StateKey, ? super V> action) {
    for (Object slot : slots) {
      if (slot instanceof HashNode<?>) {
        Slots.<V>node(slot).forEach(action);
      } else {
        Slots.<V>leavesOf(slot).forEach(leaf -> action.accept(leaf.key(), leaf.value()));
      }
    }
  }

  void diff(HashNode<V> other, int shift, Difference<? super V> difference) {
    if (isSame(this, other)) {
      return;
    }
    for (int rest = bitmap | other.bitmap; rest != 0; rest &= rest - 1) {
      int bit = Integer.lowestOneBit(rest);
      Object mine = slotAt(bit);
      Object theirs = other.slotAt(bit);
      if (mine instanceof HashNode<?> || theirs instanceof HashNode<?>) {
        HashNode<V> left = asNode(mine, shift + BITS);
        left.diff(asNode(theirs, shift + BITS), shift + BITS, difference);
      } else if (!isSame(mine, theirs)) {
        Slots.<V>diff(mine, theirs, difference);
      }
    }
  }

  private static <V> HashNode<V> asNode(@Nullable Object slot, int shift) {
    if (slot == null) {
      return empty();
    }
    if (slot instanceof HashNode<?>) {
      return Slots.node(slot);
    }
    return new HashNode<>(1 << ((Slots.hashOf(slot) >>> shift) & MASK), new Object[] {slot});
  }

  @SuppressWarnings("ReferenceEquality") // what is shared need not be looked into
  private static boolean isSame(@Nullable Object a, @Nullable Object b) {
    return a == b;
  }

  private @Nullable Object slotAt(int bit) {
    return (bitmap & bit) == 0 ? null : slots[indexOf(bit)];
  }

  private int indexOf(int bit) {
    return Integer.bitCount(bitmap & (bit - 1));
  }

  private HashNode<V> inserted(int bit, int index, Object slot) {
    Object[] more = new Object[slots.length + 1];
    System.arraycopy(slots, 0, more, 0, index);
    more[index] = slot;
    System.arraycopy(slots, index, more, index + 1, slots.length - index);
    return new HashNode<>(bitmap | bit, more);
  }

  private HashNode<V> replaced(int index, Object slot) {
    Object[] same = slots.clone();
    same[index] = slot;
    return new HashNode<>(bitmap, same);
  }

  private HashNode<V> without(int bit, int index) {
    Object[] fewer = new Object[slots.length - 1];
    System.arraycopy(slots, 0, fewer, 0, index);
    System.arraycopy(slots, index + 1, fewer, index, fewer.length - index);
    return new HashNode<>(bitmap & ~bit, fewer);
  }
}
