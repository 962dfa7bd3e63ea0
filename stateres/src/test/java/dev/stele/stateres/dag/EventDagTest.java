package dev.stele.stateres.dag;

import static dev.stele.stateres.TestRoom.ALICE;
import static dev.stele.stateres.TestRoom.BOB;
import static dev.stele.stateres.TestRoom.CHARLIE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.RandomRoom;
import dev.stele.stateres.TestRoom;
import dev.stele.stateres.TestRoom.Line;
import dev.stele.stateres.auth.AuthVerdict;
import dev.stele.stateres.event.EventType;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.resolve.AuthChains;
import dev.stele.stateres.version.RoomVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class EventDagTest {

  @Test
  void forwardExtremities_forkedRoom_areItsTips() {
    var room = new TestRoom(RoomVersion.V12);
    Line base = room.populated();
    Line left = room.topic(base, ALICE, "left");
    Line right = room.topic(base, BOB, "right");
    assertThat(EventDag.of(room.all()).forwardExtremities())
        .containsExactlyInAnyOrder(left.tips().get(0), right.tips().get(0));
    Line merged = room.topic(room.merge(left, right), ALICE, "both");
    assertThat(EventDag.of(room.all()).forwardExtremities())
        .containsExactlyElementsOf(merged.tips());
  }

  @Test
  void missing_eventsLeftOut_areNamed() {
    var room = new TestRoom(RoomVersion.V11);
    Line base = room.populated();
    Line line = room.topic(base, ALICE, "x");
    Pdu topic = room.get(line.tips().get(0));
    EventDag dag = EventDag.of(List.of(topic));
    assertThat(dag.missing(Edges.PREV_EVENTS)).containsExactlyElementsOf(base.tips());
    assertThat(dag.missing(Edges.AUTH_EVENTS))
        .containsExactlyInAnyOrderElementsOf(topic.authEvents());
    assertThat(EventDag.of(room.all()).missing(Edges.AUTH_EVENTS)).isEmpty();
    assertThat(dag.get(topic.eventId())).isEqualTo(topic);
    assertThat(dag.ids()).containsExactly(topic.eventId());
  }

  @Property(tries = 40)
  void order_anyRoom_isTopologicalAndDoesNotDependOnInput(@ForAll long seed) {
    var random = new RandomRoom(RoomVersion.V11, seed, 50, 4);
    List<Pdu> shuffled = new ArrayList<>(random.room().all());
    Collections.shuffle(shuffled, new Random(seed));
    for (Edges edges : Edges.values()) {
      TopologicalOrder order = EventDag.of(shuffled).order(edges);
      assertThat(order).isEqualTo(EventDag.of(random.room().all()).order(edges));
      assertThat(order.cyclic()).isEmpty();
      Set<String> seen = new HashSet<>();
      for (Pdu event : order.events()) {
        assertThat(seen).containsAll(edges.of(event));
        seen.add(event.eventId());
      }
      assertThat(seen).hasSameSizeAs(shuffled);
    }
  }

  @Test
  void order_cycle_leavesOutWhatRestsOnIt() {
    var room = new TestRoom(RoomVersion.V1);
    Line line = room.create();
    Pdu first = cyclic(room.propose(line, "x", null, ALICE, "{}"), "$second:a.org");
    Pdu second = named(cyclic(first, first.eventId()), "$second:a.org");
    Pdu behind = named(cyclic(first, first.eventId()), "$behind:a.org");
    List<Pdu> events = new ArrayList<>(room.all());
    events.removeIf(event -> event.eventId().equals(first.eventId()));
    int healthy = events.size();
    events.addAll(List.of(first, second, behind));
    TopologicalOrder order = EventDag.of(events).order(Edges.PREV_EVENTS);
    assertThat(order.events()).hasSize(healthy);
    assertThat(order.cyclic())
        .containsExactlyInAnyOrder(first.eventId(), "$second:a.org", "$behind:a.org");
  }

  private static Pdu cyclic(Pdu event, String prev) {
    ObjectNode json = event.json().deepCopy();
    json.putArray("prev_events").addArray().add(prev).addObject();
    return Pdu.trusted(RoomVersion.V1, event.eventId(), json).orThrow();
  }

  private static Pdu named(Pdu event, String id) {
    return Pdu.trusted(RoomVersion.V1, id, event.json()).orThrow();
  }

  @Test
  void stateHistory_forkAndMerge_isTheResolution() {
    for (RoomVersion version : RoomVersion.all()) {
      var room = new TestRoom(version);
      Line base = room.populated();
      Line ban = room.member(base, ALICE, CHARLIE, "ban");
      Line topic = room.topic(base, BOB, "topic");
      Line merged = room.topic(room.merge(ban, topic), ALICE, "merged");
      var history = new StateHistory(version);
      for (Pdu event : EventDag.of(room.all()).order(Edges.PREV_EVENTS).events()) {
        assertThat(history.add(event)).isEqualTo(AuthVerdict.allow());
        assertThat(history.contains(event.eventId())).isTrue();
      }
      assertThat(history.after(merged.tips().get(0))).isEqualTo(merged.state());
      assertThat(history.before(List.of(ban.tips().get(0), topic.tips().get(0))))
          .isEqualTo(room.resolve(ban, topic));
    }
  }

  @Test
  void stateHistory_deniedEvent_changesNoState() {
    var room = new TestRoom(RoomVersion.V12);
    Line base = room.populated();
    Line denied = room.topic(base, CHARLIE, "mine");
    Line next = room.send(denied, EventType.MEMBER, CHARLIE, CHARLIE, "{\"membership\":\"leave\"}");
    var history = new StateHistory(RoomVersion.V12);
    room.all().forEach(event -> assertThat(history.add(event)).isNotNull());
    String topic = denied.tips().get(0);
    assertThat(history.isRejected(topic)).isTrue();
    assertThat(history.isRejected(next.tips().get(0))).isFalse();
    assertThat(history.isRejected("$unknown")).isFalse();
    assertThat(history.after(topic)).isEqualTo(base.state());
    assertThat(history.after(next.tips().get(0)).get("m.room.topic", "")).isNull();
    assertThat(history.add(room.get(topic)).isAllowed()).isFalse();
  }

  @Test
  void stateHistory_gap_isRefused() {
    var room = new TestRoom(RoomVersion.V12);
    Line line = room.populated();
    var history = new StateHistory(RoomVersion.V12);
    assertThatThrownBy(() -> history.add(room.get(line.tips().get(0))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 40)
  void authDifference_anyStates_isUnionWithoutIntersection(@ForAll long seed) {
    var random = new RandomRoom(RoomVersion.V11, seed, 50, 5);
    List<Collection<String>> sets = new ArrayList<>();
    Set<String> union = new HashSet<>();
    Set<String> everywhere = null;
    for (Line line : random.lines()) {
      Set<String> ids = new HashSet<>();
      line.state().forEach((key, id) -> ids.add(id));
      sets.add(ids);
      Set<String> chain = AuthChains.of(ids, random.room());
      union.addAll(chain);
      if (everywhere == null) {
        everywhere = new HashSet<>(chain);
      } else {
        everywhere.retainAll(chain);
      }
    }
    union.removeAll(everywhere);
    assertThat(AuthChains.difference(sets, random.room())).isEqualTo(union);
    assertThat(AuthChains.difference(List.of(), random.room())).isEmpty();
  }
}
