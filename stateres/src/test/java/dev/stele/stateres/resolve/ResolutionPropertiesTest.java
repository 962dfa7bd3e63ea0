package dev.stele.stateres.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.stateres.RandomRoom;
import dev.stele.stateres.TestRoom.Line;
import dev.stele.stateres.auth.AuthRules;
import dev.stele.stateres.dag.Edges;
import dev.stele.stateres.dag.EventDag;
import dev.stele.stateres.dag.StateHistory;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import dev.stele.stateres.version.RoomVersion;
import dev.stele.stateres.version.StateResolution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds of resolution in rooms of any shape. */
final class ResolutionPropertiesTest {
  private static final List<RoomVersion> VERSIONS =
      List.of(RoomVersion.V1, RoomVersion.V2, RoomVersion.V6, RoomVersion.V11, RoomVersion.V12);

  private static RandomRoom room(long seed) {
    return new RandomRoom(VERSIONS.get((int) Math.floorMod(seed, 5L)), seed, 60, 5);
  }

  @Property(tries = 150)
  void resolve_anyRoom_isWhatTheDefinitionsSay(@ForAll long seed) {
    var modern = new RandomRoom(seed % 2 == 0 ? RoomVersion.V11 : RoomVersion.V12, seed, 70, 5);
    StateResolution algorithm = modern.room().version().stateResolution();
    List<Map<StateKey, String>> states =
        Arrays.stream(modern.lines()).map(ResolutionPropertiesTest::mapOf).toList();
    assertThat(mapOf(modern.room().resolve(modern.lines())))
        .isEqualTo(new PlainResolution(algorithm, modern.room()).resolve(states));
  }

  @Property(tries = 100)
  void resolve_anyRoomOfVersion1_isWhatItsPagesSay(@ForAll long seed) {
    var old = new RandomRoom(RoomVersion.V1, seed, 70, 5);
    List<Map<StateKey, String>> states =
        Arrays.stream(old.lines()).map(ResolutionPropertiesTest::mapOf).toList();
    assertThat(mapOf(old.room().resolve(old.lines())))
        .isEqualTo(new PlainFirstResolution(old.room()).resolve(states));
  }

  /** However events arrive, the state where all lines meet is the same. */
  @Property(tries = 40)
  void stateHistory_anyOrderOfArrival_comesToTheSameState(@ForAll long seed) {
    RandomRoom random = room(seed);
    RoomVersion version = random.room().version();
    List<Pdu> events = new ArrayList<>(random.room().all());
    List<String> tips = List.copyOf(EventDag.of(events).forwardExtremities());
    var atOnce = new StateHistory(version);
    for (Pdu event : EventDag.of(events).order(Edges.PREV_EVENTS).events()) {
      assertThat(arrive(atOnce, event)).isTrue();
    }
    Collections.shuffle(events, new Random(seed));
    var oneByOne = new StateHistory(version);
    while (!events.isEmpty()) {
      // Those whose predecessors are there; the others wait for the next batch.
      events.removeIf(event -> arrive(oneByOne, event));
    }
    List<String> seen = tips.stream().filter(id -> !atOnce.isRejected(id)).limit(20).toList();
    assertThat(oneByOne.before(seen)).isEqualTo(atOnce.before(seen));
    for (Pdu event : random.room().all()) {
      assertThat(oneByOne.after(event.eventId())).isEqualTo(atOnce.after(event.eventId()));
    }
  }

  private static boolean arrive(StateHistory history, Pdu event) {
    boolean ready = event.prevEvents().stream().allMatch(history::contains);
    return ready && history.add(event) != null;
  }

  private static Map<StateKey, String> mapOf(Line line) {
    return mapOf(line.state());
  }

  private static Map<StateKey, String> mapOf(StateMap<String> state) {
    var map = new HashMap<StateKey, String>();
    state.forEach(map::put);
    return map;
  }

  @Property(tries = 60)
  void resolve_shuffledOrRepeatedStates_isTheSame(@ForAll long seed) {
    RandomRoom random = room(seed);
    StateMap<String> resolved = random.room().resolve(random.lines());
    var lines = new ArrayList<>(List.of(random.lines()));
    lines.add(lines.get(0));
    Collections.shuffle(lines, new Random(seed));
    assertThat(random.room().resolve(lines.toArray(new Line[0]))).isEqualTo(resolved);
  }

  @Property(tries = 40)
  void resolve_theResultWithItself_isItself(@ForAll long seed) {
    RandomRoom random = room(seed);
    StateMap<String> resolved = random.room().resolve(random.lines());
    var line = new Line(resolved, List.of(), 1);
    assertThat(random.room().resolve(line, line)).isEqualTo(resolved);
  }

  @Property(tries = 60)
  void resolve_manyCopiesOfTwoStates_isTheirResolution(@ForAll long seed) {
    RandomRoom random = room(seed);
    Line[] lines = random.lines();
    var many = new ArrayList<Line>();
    for (int i = 0; i < 70; i++) {
      many.add(lines[i % lines.length]);
    }
    assertThat(random.room().resolve(many.toArray(new Line[0])))
        .isEqualTo(random.room().resolve(lines));
  }

  @Property(tries = 60)
  void resolve_anyRoom_keepsEachEventAtItsKey(@ForAll long seed) {
    RandomRoom random = room(seed);
    random
        .room()
        .resolve(random.lines())
        .forEach(
            (key, id) -> {
              Pdu event = random.room().get(id);
              assertThat(event.key()).isEqualTo(key);
              assertThat(
                      AuthRules.checkAgainstAuthEvents(event, id2 -> random.room().get(id2))
                          .isAllowed())
                  .isTrue();
            });
  }
}
