package dev.stele.stateres.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.stateres.event.StateKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class StateMapTest {

  /** A put, or a removal where the value is negative. */
  record Step(StateKey key, int value) {}

  @Property(tries = 500)
  void steps_anySequence_doWhatAHashMapDoes(@ForAll("steps") List<Step> steps) {
    StateMap<Integer> map = StateMap.empty();
    var model = new HashMap<StateKey, Integer>();
    for (Step step : steps) {
      map = applied(map, model, step);
      assertThat(map.size()).isEqualTo(model.size());
      assertThat(map.get(step.key)).isEqualTo(model.get(step.key));
    }
    var seen = new HashMap<StateKey, Integer>();
    map.forEach(seen::put);
    assertThat(seen).isEqualTo(model);
    assertThat(map).isEqualTo(StateMap.copyOf(model)).hasSameHashCodeAs(StateMap.copyOf(model));
    assertThat(map.entries()).hasSize(model.size());
  }

  private static StateMap<Integer> applied(
      StateMap<Integer> map, Map<StateKey, Integer> model, Step step) {
    if (step.value < 0) {
      model.remove(step.key);
      return map.remove(step.key);
    }
    model.put(step.key, step.value);
    return map.put(step.key, step.value);
  }

  @Property(tries = 500)
  void diff_anyTwoMaps_tellsEachDifferingKeyOnce(
      @ForAll("steps") List<Step> first,
      @ForAll("steps") List<Step> second,
      @ForAll("steps") List<Step> third) {
    var mine = new HashMap<StateKey, Integer>();
    var theirs = new HashMap<StateKey, Integer>();
    StateMap<Integer> base = StateMap.empty();
    for (Step step : first) {
      base = applied(base, mine, step);
      var unused = applied(base, theirs, step);
    }
    StateMap<Integer> left = base;
    StateMap<Integer> right = base;
    for (Step step : second) {
      left = applied(left, mine, step);
    }
    for (Step step : third) {
      right = applied(right, theirs, step);
    }
    var found = new HashMap<StateKey, List<Integer>>();
    left.diff(
        right,
        (key, a, b) -> assertThat(found.put(key, Arrays.asList(a, b))).as("told twice").isNull());
    var expected = new HashMap<StateKey, List<Integer>>();
    var keys = new HashSet<>(mine.keySet());
    keys.addAll(theirs.keySet());
    for (StateKey key : keys) {
      if (!Objects.equals(mine.get(key), theirs.get(key))) {
        expected.put(key, Arrays.asList(mine.get(key), theirs.get(key)));
      }
    }
    assertThat(found).isEqualTo(expected);
    assertThat(left.equals(right)).isEqualTo(expected.isEmpty());
  }

  /** Few keys, some of which share their whole hash. */
  @Provide
  static Arbitrary<List<Step>> steps() {
    Arbitrary<StateKey> keys =
        Arbitraries.oneOf(
            Arbitraries.of("Aa", "BB", "AaAa", "BBBB", "AaBB", "BBAa").map(StateKey::member),
            Arbitraries.integers().between(0, 60).map(i -> new StateKey("t", "k" + i)));
    return Combinators.combine(keys, Arbitraries.integers().between(-3, 6))
        .as(Step::new)
        .list()
        .ofMaxSize(120);
  }

  /** Keys whose hash codes differ in their upper bits only must not all crowd into one slot. */
  @Test
  void spread_similarKeys_fillTheSlotsOfANodeEvenly() {
    int keys = 3_200;
    int[] slots = new int[32];
    IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> StateKey.member("@user" + i + ":example.org"))
        .filter(key -> key.hashCode() % 32 == 0)
        .limit(keys)
        .forEach(key -> slots[HashNode.spread(key) & 31]++);
    assertThat(slots).doesNotContain(0);
    assertThat(Arrays.stream(slots).max().orElseThrow()).isLessThan(3 * keys / 32);
  }

  @Test
  void put_sameValue_isTheSameMap() {
    StateMap<String> map = StateMap.<String>empty().put(StateKey.CREATE, "$a");
    assertThat(map.put(StateKey.CREATE, "$a")).isSameAs(map);
    assertThat(map.remove(StateKey.JOIN_RULES)).isSameAs(map);
    assertThat(map.contains(StateKey.CREATE)).isTrue();
    assertThat(map.isEmpty()).isFalse();
    assertThat(map.remove(StateKey.CREATE).isEmpty()).isTrue();
  }
}
