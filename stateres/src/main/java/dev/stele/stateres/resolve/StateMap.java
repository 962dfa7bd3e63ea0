package dev.stele.stateres.resolve;

import dev.stele.stateres.event.StateKey;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The state of a room: an immutable map from {@link StateKey} to values that have a sound {@code
 * equals}, such as event ids.
 *
 * <p>Maps made from one another share all that they have in common: a change costs a few small
 * arrays, {@link #diff} and {@link #equals} cost what differs rather than what exists. The order of
 * entries depends only on the keys, unless their hashes collide.
 */
public final class StateMap<V> {
  private static final StateMap<?> EMPTY = new StateMap<>(HashNode.empty(), 0);

  private final HashNode<V> root;
  private final int size;

  private StateMap(HashNode<V> root, int size) {
    this.root = root;
    this.size = size;
  }

  /** The map without entries. */
  @SuppressWarnings("unchecked") // an empty map holds no value of any type
  public static <V> StateMap<V> empty() {
    return (StateMap<V>) EMPTY;
  }

  /** A map with the entries of another. */
  public static <V> StateMap<V> copyOf(Map<StateKey, V> entries) {
    StateMap<V> map = empty();
    for (Map.Entry<StateKey, V> entry : entries.entrySet()) {
      map = map.put(entry.getKey(), entry.getValue());
    }
    return map;
  }

  /** What is told of each key at which two maps differ. */
  @FunctionalInterface
  public interface Difference<V> {
    /**
     * Takes one key.
     *
     * @param mine the value in the map that was asked; null when it has none
     * @param theirs the value in the other map; null when it has none
     */
    void accept(StateKey key, @Nullable V mine, @Nullable V theirs);
  }

  /** The value at a key; null when there is none. */
  public @Nullable V get(StateKey key) {
    return root.get(key, spread(key), 0);
  }

  /** The value at a key; null when there is none. */
  public @Nullable V get(String type, String stateKey) {
    return get(new StateKey(type, stateKey));
  }

  /** Whether the key has a value. */
  public boolean contains(StateKey key) {
    return get(key) != null;
  }

  /** This map with the value at the key; this very map when it is there already. */
  public StateMap<V> put(StateKey key, V value) {
    var change = new HashNode.Change();
    HashNode<V> changed = root.put(key, value, spread(key), 0, change);
    return change.done ? new StateMap<>(changed, change.added ? size + 1 : size) : this;
  }

  /** This map without the key; this very map when it has none. */
  public StateMap<V> remove(StateKey key) {
    var change = new HashNode.Change();
    HashNode<V> changed = root.remove(key, spread(key), 0, change);
    return change.done ? new StateMap<>(changed, size - 1) : this;
  }

  /** How many entries the map has. */
  public int size() {
    return size;
  }

  /** Whether the map has no entries. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** Tells each entry. */
  public void forEach(BiConsumer<? super StateKey, ? super V> action) {
    root.forEach(action);
  }

  /** Every entry, as a list of its own. */
  public List<Map.Entry<StateKey, V>> entries() {
    var list = new ArrayList<Map.Entry<StateKey, V>>(size);
    forEach((key, value) -> list.add(new SimpleImmutableEntry<>(key, value)));
    return list;
  }

  /** Tells each key at which this map and another differ, each key once. */
  public void diff(StateMap<V> other, Difference<? super V> difference) {
    root.diff(other.root, 0, difference);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof StateMap<?> map) || map.size != size) {
      return false;
    }
    @SuppressWarnings("unchecked") // values are only compared
    var that = (StateMap<V>) map;
    var differences = new int[1];
    diff(that, (key, mine, theirs) -> differences[0]++);
    return differences[0] == 0;
  }

  @Override
  public int hashCode() {
    var sum = new int[1];
    forEach((key, value) -> sum[0] += key.hashCode() ^ Objects.hashCode(value));
    return sum[0];
  }

  @Override
  public String toString() {
    return entries().toString();
  }

  private static int spread(StateKey key) {
    return HashNode.spread(key);
  }
}
