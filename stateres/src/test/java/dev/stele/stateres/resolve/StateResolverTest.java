package dev.stele.stateres.resolve;

import static dev.stele.stateres.TestRoom.ALICE;
import static dev.stele.stateres.TestRoom.BOB;
import static dev.stele.stateres.TestRoom.CHARLIE;
import static dev.stele.stateres.TestRoom.EVELYN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.TestRoom;
import dev.stele.stateres.TestRoom.Line;
import dev.stele.stateres.bench.GeneratedRoom;
import dev.stele.stateres.event.EventSource;
import dev.stele.stateres.event.EventType;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import dev.stele.stateres.version.RoomVersion;
import dev.stele.stateres.version.StateResolution;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Worked examples and the known attacks on state resolution. */
final class StateResolverTest {

  static Stream<RoomVersion> allVersions() {
    return RoomVersion.all().stream();
  }

  static Stream<RoomVersion> modernVersions() {
    return RoomVersion.all().stream().filter(v -> v.stateResolution() != StateResolution.V1);
  }

  @Test
  void resolve_noStates_isEmpty() {
    assertThat(StateResolver.resolve(RoomVersion.V12, List.of(), id -> null))
        .isEqualTo(StateMap.empty());
  }

  @ParameterizedTest
  @MethodSource("allVersions")
  void resolve_equalStates_isThatState(RoomVersion version) {
    var room = new TestRoom(version);
    Line line = room.populated();
    assertThat(room.resolve(line, line, line)).isEqualTo(line.state());
  }

  @ParameterizedTest
  @MethodSource("allVersions")
  void resolve_branchThatIsAhead_isThatBranch(RoomVersion version) {
    var room = new TestRoom(version);
    Line base = room.populated();
    Line ahead = room.topic(base, ALICE, "new");
    assertThat(room.resolve(base, ahead)).isEqualTo(ahead.state());
  }

  @ParameterizedTest
  @MethodSource("modernVersions")
  void resolve_banAgainstTopicOfTheBanned_banWins(RoomVersion version) {
    var room = new TestRoom(version);
    Line base = room.populated();
    Line ban = room.member(base, ALICE, BOB, "ban");
    Line topic = room.topic(base, BOB, "bob was here");

    StateMap<String> resolved = room.resolve(ban, topic);

    assertThat(resolved.get(EventType.MEMBER, BOB)).isEqualTo(ban.get(EventType.MEMBER, BOB));
    assertThat(resolved.get("m.room.topic", "")).isNull();
  }

  @ParameterizedTest
  @MethodSource("modernVersions")
  void resolve_banAgainstConcurrentPromotion_bothHold(RoomVersion version) {
    var room = new TestRoom(version);
    Line base = room.populated();
    Line ban = room.member(base, ALICE, CHARLIE, "ban");
    Line promoted =
        room.send(
            base,
            EventType.POWER_LEVELS,
            "",
            BOB,
            room.version().creatorsArePrivileged()
                ? "{\"users\":{\"@bob:b.org\":50,\"@charlie:c.org\":50}}"
                : "{\"users\":{\"@alice:a.org\":100,\"@bob:b.org\":50,\"@charlie:c.org\":50}}");
    Line topic = room.topic(promoted, CHARLIE, "mine");

    StateMap<String> resolved = room.resolve(ban, topic);

    assertThat(resolved.get(EventType.MEMBER, CHARLIE))
        .isEqualTo(ban.get(EventType.MEMBER, CHARLIE));
    assertThat(resolved.get(EventType.POWER_LEVELS, ""))
        .isEqualTo(promoted.get(EventType.POWER_LEVELS, ""));
    assertThat(resolved.get("m.room.topic", "")).isNull();
  }

  @ParameterizedTest
  @MethodSource("modernVersions")
  void resolve_twoModeratorsBanEachOther_earlierWins(RoomVersion version) {
    var room = new TestRoom(version);
    Line base = room.create();
    base =
        room.send(
            base,
            EventType.POWER_LEVELS,
            "",
            ALICE,
            room.version().creatorsArePrivileged()
                ? "{\"users\":{\"@bob:b.org\":60,\"@charlie:c.org\":50}}"
                : "{\"users\":{\"@alice:a.org\":100,\"@bob:b.org\":60,\"@charlie:c.org\":50}}");
    base = room.joinRule(base, ALICE, "public");
    base = room.join(room.join(base, BOB), CHARLIE);
    Line demoted =
        room.send(
            base,
            EventType.POWER_LEVELS,
            "",
            BOB,
            room.version().creatorsArePrivileged()
                ? "{\"users\":{\"@bob:b.org\":60,\"@charlie:c.org\":0}}"
                : "{\"users\":{\"@alice:a.org\":100,\"@bob:b.org\":60,\"@charlie:c.org\":0}}");
    Line ban = room.member(base, CHARLIE, EVELYN, "ban");

    StateMap<String> resolved = room.resolve(demoted, ban);

    assertThat(resolved.get(EventType.POWER_LEVELS, ""))
        .isEqualTo(demoted.get(EventType.POWER_LEVELS, ""));
    assertThat(resolved.get(EventType.MEMBER, EVELYN)).isNull();
  }

  @Test
  void resolve_equalAdminsStepDown_laterIsAppliedLast() {
    var room = new TestRoom(RoomVersion.V11);
    Line base = room.levels(room.populated(), ALICE, 100, 100);
    Line alice = room.levels(base, ALICE, 0, 100);
    Line bob = room.levels(base, BOB, 100, 0);
    assertThat(room.resolve(alice, bob).get(EventType.POWER_LEVELS, ""))
        .isEqualTo(bob.get(EventType.POWER_LEVELS, ""));
  }

  @Test
  void resolve_twoAdminsDemoteEachOther_firstDemotionHolds() {
    var room = new TestRoom(RoomVersion.V11);
    Line base = room.levels(room.populated(), ALICE, 101, 100);
    room.setTime(9_000_000);
    Line alice = room.levels(base, ALICE, 101, 0);
    room.setTime(2_000_000);
    Line bob = room.send(base, EventType.POWER_LEVELS, "", BOB, "{\"users\":{\"@bob:b.org\":100}}");

    // Power orders before clocks: Alice's event goes first, and then Bob has no power left.
    assertThat(room.resolve(alice, bob).get(EventType.POWER_LEVELS, ""))
        .isEqualTo(alice.get(EventType.POWER_LEVELS, ""));
  }

  @ParameterizedTest
  @MethodSource("modernVersions")
  void resolve_joinAgainstClosedDoor_joinFails(RoomVersion version) {
    var room = new TestRoom(version);
    Line base = room.joinRule(room.create(), ALICE, "public");
    Line closed = room.joinRule(base, ALICE, "invite");
    Line joined = room.join(base, EVELYN);

    StateMap<String> resolved = room.resolve(closed, joined);

    assertThat(resolved.get(EventType.JOIN_RULES, ""))
        .isEqualTo(closed.get(EventType.JOIN_RULES, ""));
    assertThat(resolved.get(EventType.MEMBER, EVELYN)).isNull();
  }

  @ParameterizedTest
  @MethodSource("modernVersions")
  void resolve_topicsUnderForkedPowerLevels_followTheMainline(RoomVersion version) {
    var room = new TestRoom(version);
    Line base = room.populated();
    room.setTime(5_000_000);
    Line old = room.topic(base, ALICE, "late, by old levels");
    room.setTime(2_000_000);
    Line levels = room.levels(base, ALICE, 100, 51);
    Line fresh = room.topic(levels, ALICE, "early, by new levels");

    // The topic that rests on the newer levels is later on the mainline, whatever the clocks say.
    assertThat(room.resolve(old, fresh).get("m.room.topic", ""))
        .isEqualTo(fresh.get("m.room.topic", ""));
  }

  @ParameterizedTest
  @MethodSource("modernVersions")
  void resolve_topicsOfEqualStanding_laterClockWins(RoomVersion version) {
    var room = new TestRoom(version);
    Line base = room.populated();
    Line early = room.topic(base, BOB, "early");
    Line late = room.topic(base, ALICE, "late");
    assertThat(room.resolve(late, early).get("m.room.topic", ""))
        .isEqualTo(late.get("m.room.topic", ""));
  }

  @Test
  void resolve_rejectedAuthEvent_isNotUsed() {
    var room = new TestRoom(RoomVersion.V11);
    Line joined = room.populated();
    Line shared = room.send(joined, "x", "", BOB, "{}");
    Line named = without(room.send(shared, "org.example.bob", BOB, BOB, "{}"), memberKey(BOB));
    Line other = without(room.topic(shared, ALICE, "other"), memberKey(BOB));

    assertThat(room.resolve(named, other).get("org.example.bob", BOB)).isNotNull();
    room.reject(joined.get(EventType.MEMBER, BOB));
    assertThat(room.resolve(named, other).get("org.example.bob", BOB)).isNull();
  }

  private static Line without(Line line, StateKey key) {
    return new Line(line.state().remove(key), line.tips(), line.depth());
  }

  private static StateKey memberKey(String user) {
    return StateKey.member(user);
  }

  @Test
  void resolve_deeperTopicInVersion1_wins() {
    var room = new TestRoom(RoomVersion.V1);
    Line base = room.populated();
    Line shallow = room.topic(base, ALICE, "shallow");
    Line deep = room.topic(room.send(base, "x", "", ALICE, "{}"), ALICE, "deep");
    assertThat(room.resolve(shallow, deep).get("m.room.topic", ""))
        .isEqualTo(deep.get("m.room.topic", ""));
  }

  @Test
  void resolve_banInVersion1_isKept() {
    var room = new TestRoom(RoomVersion.V1);
    Line base = room.populated();
    Line ban = room.member(base, ALICE, BOB, "ban");
    Line again = room.join(room.send(base, "x", "", ALICE, "{}"), BOB);
    // Sorted by depth, the ban comes first and does not allow the join that follows.
    assertThat(room.resolve(ban, again).get(EventType.MEMBER, BOB))
        .isEqualTo(ban.get(EventType.MEMBER, BOB));
  }

  @ParameterizedTest
  @MethodSource("allVersions")
  void resolve_anyOrderOfStates_isTheSame(RoomVersion version) {
    var room = new TestRoom(version);
    Line base = room.populated();
    Line a = room.topic(room.member(base, ALICE, CHARLIE, "ban"), ALICE, "a");
    Line b = room.topic(room.levels(base, BOB, 100, 50), BOB, "b");
    Line c = room.joinRule(room.topic(base, BOB, "c"), BOB, "invite");
    StateMap<String> resolved = room.resolve(a, b, c);
    assertThat(room.resolve(c, b, a)).isEqualTo(resolved);
    assertThat(room.resolve(b, a, c, b)).isEqualTo(resolved);
  }

  @Test
  void resolve_staleStateOfAnAncestor_newerStateHolds() {
    for (RoomVersion version : List.of(RoomVersion.V11, RoomVersion.V12)) {
      var room = new TestRoom(version);
      Line joined = room.populated();
      Line profile =
          room.send(
              joined,
              EventType.MEMBER,
              BOB,
              BOB,
              "{\"membership\":\"join\",\"displayname\":\"Bob\"}");
      Line latest = room.send(profile, "x", BOB, BOB, "{}");
      // A server claims that the old join, with an even older door, still is the state.
      Line stale = new Line(joined.state(), joined.tips(), joined.depth());

      StateMap<String> resolved = room.resolve(latest, stale);

      assertThat(resolved.get(EventType.MEMBER, BOB)).isEqualTo(latest.get(EventType.MEMBER, BOB));
      assertThat(resolved.get("x", BOB)).isEqualTo(latest.get("x", BOB));
    }
  }

  /**
   * A server forgets a member who joined before the door was closed. V2 checks the old join against
   * today's join rule and so throws the member out; v2.1 checks it against the rule of its time.
   */
  @Test
  void resolve_forgottenMemberBehindAClosedDoor_isResetByV2AndKeptByV21() {
    for (RoomVersion version : List.of(RoomVersion.V11, RoomVersion.V12)) {
      var room = new TestRoom(version);
      Line open = room.join(room.joinRule(room.create(), ALICE, "public"), CHARLIE);
      Line closed = room.joinRule(room.join(open, BOB), ALICE, "invite");
      Line forgetful = without(closed, memberKey(BOB));

      StateMap<String> resolved = room.resolve(closed, forgetful);

      boolean kept = version.stateResolution() == StateResolution.V2_1;
      assertThat(resolved).isEqualTo(kept ? closed.state() : forgetful.state());
    }
  }

  /**
   * Only where ids are given, rather than hashes, can auth events lead back to where they began.
   */
  @Test
  void resolve_cyclicAuthEvents_endsAndDoesNotDependOnOrder() {
    var room = new TestRoom(RoomVersion.V2);
    Line base = room.populated();
    Line left = room.topic(room.levels(base, ALICE, 100, 49), ALICE, "left");
    Line right = room.topic(room.levels(base, ALICE, 100, 48), ALICE, "right");
    Map<String, Pdu> changed = new HashMap<>();
    String one = left.get(EventType.POWER_LEVELS, "");
    String other = right.get(EventType.POWER_LEVELS, "");
    for (String id : List.of(one, other)) {
      ObjectNode json = room.get(id).json().deepCopy();
      json.withArray("auth_events").addArray().add(id.equals(one) ? other : one).addObject();
      json.withArray("auth_events").addArray().add(id).addObject();
      changed.put(id, Pdu.trusted(RoomVersion.V2, id, json).orThrow());
    }
    EventSource events = id -> changed.getOrDefault(id, room.get(id));

    StateMap<String> resolved =
        StateResolver.resolve(RoomVersion.V2, List.of(left.state(), right.state()), events);

    assertThat(resolved.get(EventType.POWER_LEVELS, "")).isIn(one, other);
    assertThat(resolved.size()).isEqualTo(left.state().size());
    assertThat(StateResolver.resolve(RoomVersion.V2, List.of(right.state(), left.state()), events))
        .isEqualTo(resolved);
    assertThat(AuthChains.of(List.of(one), events)).contains(other);
  }

  @Test
  void resolve_unknownEvents_areLeftOut() {
    var room = new TestRoom(RoomVersion.V11);
    Line base = room.populated();
    Line topic = room.topic(base, ALICE, "known");
    var gone = new Line(base.state().put(new StateKey("m.room.topic", ""), "$gone"), List.of(), 1);
    assertThat(room.resolve(topic, gone)).isEqualTo(topic.state());
  }

  @Test
  void resolve_unknownEventsOnlyInVersion1_leaveTheirKeyOut() {
    var room = new TestRoom(RoomVersion.V1);
    Line base = room.populated();
    var topic = new StateKey("m.room.topic", "");
    var one = new Line(base.state().put(topic, "$gone"), List.of(), 1);
    var other = new Line(base.state().put(topic, "$lost"), List.of(), 1);
    assertThat(room.resolve(one, other)).isEqualTo(base.state());
  }

  /** Deep chains cost no stack. */
  @Test
  void resolve_chainOfManyPowerLevels_isResolved() {
    for (RoomVersion version : List.of(RoomVersion.V11, RoomVersion.V12)) {
      var room = new GeneratedRoom(version, 0, 4_000, 2);
      StateMap<String> resolved = StateResolver.resolve(version, room.states(), room);
      assertThat(resolved.size()).isGreaterThan(room.states().get(0).size());
      assertThat(resolved.contains(StateKey.POWER_LEVELS)).isTrue();
    }
  }
}
