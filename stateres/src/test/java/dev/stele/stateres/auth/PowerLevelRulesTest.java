package dev.stele.stateres.auth;

import static dev.stele.stateres.TestRoom.ALICE;
import static dev.stele.stateres.TestRoom.BOB;
import static dev.stele.stateres.TestRoom.CHARLIE;
import static dev.stele.stateres.TestRoom.EVELYN;
import static dev.stele.stateres.auth.MemberRulesTest.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.stateres.TestRoom;
import dev.stele.stateres.TestRoom.Line;
import dev.stele.stateres.event.EventType;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.version.RoomVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule 10, branch by branch, and the levels that other rules ask for. */
final class PowerLevelRulesTest {
  /** Bob, at level 50, changes this. */
  private static final String BEFORE =
      """
      {"users": {"@alice:a.org": 100, "@bob:b.org": 50, "@dora:d.org": 50, "@eve:e.org": 20},
       "events": {"m.room.power_levels": 50, "high": 60, "low": 10},
       "notifications": {"room": 50, "all": 60}, "ban": 60, "kick": 50}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // 10.6 levels that stand alone
        "11 | /ban | 60 | ALLOWED",
        "11 | /ban | 50 | POWER_LEVEL_ABOVE_SENDER",
        "11 | /ban | - | POWER_LEVEL_ABOVE_SENDER",
        "11 | /kick | 0 | ALLOWED",
        "11 | /kick | - | ALLOWED",
        "11 | /kick | 51 | POWER_LEVEL_RAISED_ABOVE_SENDER",
        "11 | /invite | 50 | ALLOWED",
        "11 | /invite | 51 | POWER_LEVEL_RAISED_ABOVE_SENDER",
        "11 | /redact | 51 | POWER_LEVEL_RAISED_ABOVE_SENDER",
        "11 | /users_default | 51 | POWER_LEVEL_RAISED_ABOVE_SENDER",
        "11 | /events_default | 51 | POWER_LEVEL_RAISED_ABOVE_SENDER",
        "11 | /state_default | 51 | POWER_LEVEL_RAISED_ABOVE_SENDER",
        "11 | /custom | 99 | ALLOWED",
        // 10.7, 10.8 entries of events and notifications
        "11 | /events/high | 50 | POWER_LEVEL_ABOVE_SENDER",
        "11 | /events/high | - | POWER_LEVEL_ABOVE_SENDER",
        "11 | /events/low | 50 | ALLOWED",
        "11 | /events/low | - | ALLOWED",
        "11 | /events/low | 51 | POWER_LEVEL_RAISED_ABOVE_SENDER",
        "11 | /events/fresh | 51 | POWER_LEVEL_RAISED_ABOVE_SENDER",
        "11 | /notifications/all | 0 | POWER_LEVEL_ABOVE_SENDER",
        "11 | /notifications/room | 51 | POWER_LEVEL_RAISED_ABOVE_SENDER",
        "11 | /notifications/room | 1 | ALLOWED",
        "6 | /notifications/all | 0 | POWER_LEVEL_ABOVE_SENDER",
        "5 | /notifications/all | 0 | ALLOWED",
        // 10.9, 10.10 entries of users
        "11 | /users/@alice:a.org | 0 | POWER_LEVEL_OF_EQUAL",
        "11 | /users/@dora:d.org | 0 | POWER_LEVEL_OF_EQUAL",
        "11 | /users/@dora:d.org | - | POWER_LEVEL_OF_EQUAL",
        "11 | /users/@eve:e.org | 50 | ALLOWED",
        "11 | /users/@eve:e.org | - | ALLOWED",
        "11 | /users/@eve:e.org | 51 | POWER_LEVEL_RAISED_ABOVE_SENDER",
        "11 | /users/@new:e.org | 50 | ALLOWED",
        "11 | /users/@new:e.org | 51 | POWER_LEVEL_RAISED_ABOVE_SENDER",
        "11 | /users/@bob:b.org | 0 | ALLOWED",
        "11 | /users/@bob:b.org | - | ALLOWED",
        "11 | /users/@bob:b.org | 51 | POWER_LEVEL_RAISED_ABOVE_SENDER",
        // 10.1 to 10.3 the form
        "10 | /ban | \"60\" | POWER_LEVEL_NOT_INTEGER",
        "9 | /ban | \"60\" | ALLOWED",
        "9 | /ban | \" +060 \" | ALLOWED",
        "9 | /ban | \"59\" | POWER_LEVEL_ABOVE_SENDER",
        "10 | /events/low | \"10\" | POWER_LEVEL_NOT_INTEGER",
        "10 | /events/low | null | POWER_LEVEL_NOT_INTEGER",
        "9 | /events/low | \"10\" | ALLOWED",
        "10 | /notifications/room | \"x\" | POWER_LEVEL_NOT_INTEGER",
        "10 | /events | [] | POWER_LEVEL_NOT_INTEGER",
        "10 | /notifications | 5 | POWER_LEVEL_NOT_INTEGER",
        "10 | /users | [] | POWER_LEVELS_USERS_MALFORMED",
        "1 | /users | 7 | POWER_LEVELS_USERS_MALFORMED",
        "10 | /users/@eve:e.org | \"20\" | POWER_LEVELS_USERS_MALFORMED",
        "9 | /users/@eve:e.org | \"20\" | ALLOWED",
        "9 | /users/@eve:e.org | \"x\" | POWER_LEVELS_USERS_MALFORMED",
        "9 | /users/@eve:e.org | \"1.5\" | POWER_LEVELS_USERS_MALFORMED",
        "5 | /users/@eve:e.org | 20.9 | ALLOWED",
        "5 | /users/@eve:e.org | 51.9 | POWER_LEVEL_RAISED_ABOVE_SENDER",
        "10 | /users/nobody | 1 | POWER_LEVELS_USERS_MALFORMED",
        "10 | /users/@eve:e.org | true | POWER_LEVELS_USERS_MALFORMED",
      })
  void check_changeByBob_isDecidedByItsBranch(
      String version, String pointer, String value, String expected) {
    var room = new TestRoom(RoomVersion.of(version).orElseThrow());
    Line line = room.send(room.populated(), EventType.POWER_LEVELS, "", ALICE, BEFORE);
    Pdu event =
        room.propose(
            line, EventType.POWER_LEVELS, "", BOB, ChangedJson.with(BEFORE, pointer, value));
    assertThat(reasonOf(room.check(line, event))).isEqualTo(expected);
  }

  @Test
  void check_firstPowerLevels_mayHoldAnything() {
    var room = new TestRoom(RoomVersion.V11);
    Line line = room.create();
    Pdu event =
        room.propose(line, EventType.POWER_LEVELS, "", ALICE, "{\"users\":{\"@x:y\":1000}}");
    assertThat(reasonOf(room.check(line, event))).isEqualTo("ALLOWED");
  }

  @Test
  void check_usersNameACreator_isDeniedFromVersion12() {
    var room = new TestRoom(RoomVersion.V12);
    Line line = room.create("{\"additional_creators\":[\"@bob:b.org\"]}");
    for (String creator : new String[] {ALICE, BOB}) {
      Pdu event =
          room.propose(
              line, EventType.POWER_LEVELS, "", ALICE, "{\"users\":{\"" + creator + "\":100}}");
      assertThat(reasonOf(room.check(line, event))).isEqualTo("POWER_LEVELS_NAME_CREATOR");
    }
    Pdu other =
        room.propose(
            line, EventType.POWER_LEVELS, "", ALICE, "{\"users\":{\"" + CHARLIE + "\":100}}");
    assertThat(reasonOf(room.check(line, other))).isEqualTo("ALLOWED");
  }

  @Test
  void userLevel_creators_areAboveEveryLevelFromVersion12() {
    var room = new TestRoom(RoomVersion.V12);
    Line line = room.create("{\"additional_creators\":[\"@bob:b.org\"]}");
    line =
        room.send(
            line,
            EventType.POWER_LEVELS,
            "",
            ALICE,
            "{\"users\":{\"@charlie:c.org\":9007199254740991}}");
    PowerLevels levels = levelsOf(room, line);
    assertThat(levels.userLevel(ALICE)).isEqualTo(PowerLevels.CREATOR);
    assertThat(levels.userLevel(BOB)).isEqualTo(PowerLevels.CREATOR);
    assertThat(levels.userLevel(CHARLIE)).isEqualTo(9007199254740991L);
    assertThat(levels.mayBan(ALICE, CHARLIE)).isTrue();
    assertThat(levels.mayKick(ALICE, BOB)).isFalse();
    assertThat(levels.mayBan(CHARLIE, ALICE)).isFalse();
  }

  @Test
  void levels_withoutPowerLevels_areTheDefaults() {
    var room = new TestRoom(RoomVersion.V11);
    PowerLevels levels = levelsOf(room, room.create());
    assertThat(levels.userLevel(ALICE)).isEqualTo(100);
    assertThat(levels.userLevel(BOB)).isZero();
    assertThat(levels.requiredLevel("m.room.message", false)).isZero();
    assertThat(levels.requiredLevel("m.room.topic", true)).isEqualTo(50);
    assertThat(levels.inviteLevel()).isZero();
    assertThat(levels.kickLevel()).isEqualTo(50);
    assertThat(levels.banLevel()).isEqualTo(50);
    assertThat(levels.redactLevel()).isEqualTo(50);
    assertThat(levels.notificationLevel("room")).isEqualTo(50);
    assertThat(levels.mayRedact(ALICE)).isTrue();
    assertThat(levels.mayRedact(BOB)).isFalse();
    assertThat(levels.mayNotify(ALICE, "room")).isTrue();
    assertThat(levels.mayNotify(BOB, "room")).isFalse();
  }

  @Test
  void levels_withEmptyPowerLevels_leaveTheCreatorWithoutPowerBeforeVersion12() {
    var room = new TestRoom(RoomVersion.V11);
    Line line = room.send(room.create(), EventType.POWER_LEVELS, "", ALICE, "{}");
    assertThat(levelsOf(room, line).userLevel(ALICE)).isZero();
  }

  @Test
  void levels_writtenOtherwise_areThoseWritten() {
    var room = new TestRoom(RoomVersion.V11);
    Line line =
        room.send(
            room.create(),
            EventType.POWER_LEVELS,
            "",
            ALICE,
            """
            {"users_default": 1, "events_default": 2, "state_default": 3, "invite": 4, "kick": 5,
             "ban": 6, "redact": 7, "notifications": {"room": 8}, "events": {"x": 9}}
            """);
    PowerLevels levels = levelsOf(room, line);
    assertThat(levels.userLevel(BOB)).isEqualTo(1);
    assertThat(levels.requiredLevel("y", false)).isEqualTo(2);
    assertThat(levels.requiredLevel("y", true)).isEqualTo(3);
    assertThat(levels.inviteLevel()).isEqualTo(4);
    assertThat(levels.kickLevel()).isEqualTo(5);
    assertThat(levels.banLevel()).isEqualTo(6);
    assertThat(levels.redactLevel()).isEqualTo(7);
    assertThat(levels.notificationLevel("room")).isEqualTo(8);
    assertThat(levels.requiredLevel("x", true)).isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | true",
        "{\"invite\": 1} | false",
        "{\"invite\": 1, \"users_default\": 1} | true",
        "{\"invite\": 1, \"users_default\": 2} | true",
        "{\"users_default\": -1} | false"
      })
  void everybodyMayInvite_asTheLevelOfUsersNotNamed(String content, boolean expected) {
    var room = new TestRoom(RoomVersion.V11);
    Line line = room.send(room.create(), EventType.POWER_LEVELS, "", ALICE, content);
    PowerLevels levels = levelsOf(room, line);
    assertThat(levels.everybodyMayInvite()).isEqualTo(expected);
    assertThat(levels.mayInvite(CHARLIE)).isEqualTo(expected);
  }

  @Test
  void namedUsers_areThoseOfTheEventAndPrivilegedCreators() {
    String both = "{\"users\":{\"" + BOB + "\":50,\"" + CHARLIE + "\":0}}";
    for (RoomVersion version : List.of(RoomVersion.V11, RoomVersion.V12)) {
      var room = new TestRoom(version);
      Line made = room.create("{\"additional_creators\":[\"" + EVELYN + "\"]}");
      Line line = room.send(made, EventType.POWER_LEVELS, "", ALICE, both);

      List<String> creators =
          version.creatorsArePrivileged() ? List.of(ALICE, EVELYN) : List.<String>of();
      assertThat(levelsOf(room, made).namedUsers()).containsExactlyElementsOf(creators);
      assertThat(levelsOf(room, line).namedUsers())
          .containsAll(creators)
          .contains(BOB, CHARLIE)
          .hasSize(creators.size() + 2);
      Pdu event = room.get(line.get(EventType.POWER_LEVELS, ""));
      assertThat(PowerLevels.of(version, event, null).namedUsers()).containsExactly(BOB, CHARLIE);
    }
  }

  @Test
  void mayNotify_atTheLevelExactly_isAllowed() {
    var room = new TestRoom(RoomVersion.V11);
    PowerLevels levels = levelsOf(room, room.populated());
    assertThat(levels.userLevel(BOB)).isEqualTo(levels.notificationLevel("room"));
    assertThat(levels.mayNotify(BOB, "room")).isTrue();
  }

  private static PowerLevels levelsOf(TestRoom room, Line line) {
    return PowerLevels.of(
        room.version(),
        key -> {
          String id = line.state().get(key);
          return id == null ? null : room.get(id);
        });
  }
}
