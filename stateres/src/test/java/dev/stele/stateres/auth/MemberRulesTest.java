package dev.stele.stateres.auth;

import static dev.stele.stateres.TestRoom.ALICE;
import static dev.stele.stateres.TestRoom.BOB;
import static dev.stele.stateres.TestRoom.CHARLIE;
import static dev.stele.stateres.TestRoom.EVELYN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.stateres.TestRoom;
import dev.stele.stateres.TestRoom.Line;
import dev.stele.stateres.event.EventType;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.version.RoomVersion;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule 5, branch by branch. Alice has level 100, Bob 50, Charlie and Evelyn none. */
final class MemberRulesTest {
  private static final Map<String, String> NAMES =
      Map.of("alice", ALICE, "bob", BOB, "charlie", CHARLIE, "evelyn", EVELYN);

  /**
   * One case a line: the version, the join rule, Evelyn's membership, who sends what membership of
   * whom, and the expected reason.
   */
  @ParameterizedTest
  @CsvSource({
    // 5.3 join
    "12, public, leave, evelyn, join, evelyn, ALLOWED",
    "12, public, leave, bob, join, evelyn, JOIN_OF_OTHER_USER",
    "12, public, ban, evelyn, join, evelyn, JOIN_BANNED",
    "12, public, invite, evelyn, join, evelyn, ALLOWED",
    "12, invite, leave, evelyn, join, evelyn, JOIN_NOT_INVITED",
    "12, invite, invite, evelyn, join, evelyn, ALLOWED",
    "12, invite, join, evelyn, join, evelyn, ALLOWED",
    "12, invite, knock, evelyn, join, evelyn, JOIN_NOT_INVITED",
    "12, knock, leave, evelyn, join, evelyn, JOIN_NOT_INVITED",
    "12, knock, invite, evelyn, join, evelyn, ALLOWED",
    "7, knock, invite, evelyn, join, evelyn, ALLOWED",
    "6, knock, invite, evelyn, join, evelyn, JOIN_RULE_UNKNOWN",
    "12, restricted, leave, evelyn, join, evelyn, JOIN_NOT_AUTHORISED",
    "12, restricted, invite, evelyn, join, evelyn, ALLOWED",
    "8, restricted, join, evelyn, join, evelyn, ALLOWED",
    "7, restricted, invite, evelyn, join, evelyn, JOIN_RULE_UNKNOWN",
    "10, knock_restricted, invite, evelyn, join, evelyn, ALLOWED",
    "9, knock_restricted, invite, evelyn, join, evelyn, JOIN_RULE_UNKNOWN",
    "12, private, invite, evelyn, join, evelyn, JOIN_RULE_UNKNOWN",
    "1, invite, invite, evelyn, join, evelyn, ALLOWED",
    "1, public, leave, evelyn, join, evelyn, ALLOWED",
    // 5.4 invite
    "12, invite, leave, bob, invite, evelyn, ALLOWED",
    "12, invite, leave, charlie, invite, evelyn, ALLOWED",
    "12, invite, knock, bob, invite, evelyn, ALLOWED",
    "12, invite, leave, evelyn, invite, evelyn, INVITE_BY_OUTSIDER",
    "12, invite, join, bob, invite, evelyn, INVITE_OF_MEMBER_OR_BANNED",
    "12, invite, ban, bob, invite, evelyn, INVITE_OF_MEMBER_OR_BANNED",
    // 5.5 leave
    "12, invite, invite, evelyn, leave, evelyn, ALLOWED",
    "12, invite, join, evelyn, leave, evelyn, ALLOWED",
    "12, invite, knock, evelyn, leave, evelyn, ALLOWED",
    "7, invite, knock, evelyn, leave, evelyn, ALLOWED",
    "6, invite, knock, evelyn, leave, evelyn, LEAVE_NOT_MEMBER",
    "12, invite, leave, evelyn, leave, evelyn, LEAVE_NOT_MEMBER",
    "12, invite, ban, evelyn, leave, evelyn, LEAVE_NOT_MEMBER",
    "12, invite, leave, evelyn, leave, charlie, KICK_BY_OUTSIDER",
    "12, invite, join, bob, leave, evelyn, ALLOWED",
    "12, invite, invite, bob, leave, evelyn, ALLOWED",
    "12, invite, ban, bob, leave, evelyn, ALLOWED",
    "12, invite, ban, charlie, leave, evelyn, UNBAN_NEEDS_POWER",
    "12, invite, join, charlie, leave, evelyn, KICK_NEEDS_POWER",
    "12, invite, join, evelyn, leave, charlie, KICK_NEEDS_POWER",
    "12, invite, join, bob, leave, alice, KICK_NEEDS_POWER",
    // 5.6 ban
    "12, invite, join, bob, ban, evelyn, ALLOWED",
    "12, invite, leave, bob, ban, evelyn, ALLOWED",
    "12, invite, leave, evelyn, ban, charlie, BAN_BY_OUTSIDER",
    "12, invite, join, charlie, ban, evelyn, BAN_NEEDS_POWER",
    "12, invite, join, bob, ban, alice, BAN_NEEDS_POWER",
    "12, invite, join, bob, ban, bob, BAN_NEEDS_POWER",
    // 5.7 knock
    "12, knock, leave, evelyn, knock, evelyn, ALLOWED",
    "12, knock_restricted, leave, evelyn, knock, evelyn, ALLOWED",
    "10, knock_restricted, leave, evelyn, knock, evelyn, ALLOWED",
    "9, knock_restricted, leave, evelyn, knock, evelyn, KNOCK_NOT_POSSIBLE",
    "7, knock, leave, evelyn, knock, evelyn, ALLOWED",
    "6, knock, leave, evelyn, knock, evelyn, MEMBERSHIP_UNKNOWN",
    "12, public, leave, evelyn, knock, evelyn, KNOCK_NOT_POSSIBLE",
    "12, invite, leave, evelyn, knock, evelyn, KNOCK_NOT_POSSIBLE",
    "12, knock, leave, bob, knock, evelyn, KNOCK_OF_OTHER_USER",
    "12, knock, ban, evelyn, knock, evelyn, KNOCK_OF_MEMBER_OR_BANNED",
    "12, knock, invite, evelyn, knock, evelyn, KNOCK_OF_MEMBER_OR_BANNED",
    "12, knock, join, evelyn, knock, evelyn, KNOCK_OF_MEMBER_OR_BANNED",
    "12, knock, knock, evelyn, knock, evelyn, ALLOWED",
    // 5.8
    "12, public, leave, evelyn, levitate, evelyn, MEMBERSHIP_UNKNOWN",
  })
  void check_membershipChange_isDecidedByItsBranch(
      String version,
      String joinRule,
      String evelyn,
      String sender,
      String membership,
      String target,
      String expected) {
    var room = new TestRoom(RoomVersion.of(version).orElseThrow());
    Line line = room.joinRule(room.populated(), ALICE, joinRule);
    line = room.member(line, EVELYN, EVELYN, evelyn);
    Pdu event =
        room.propose(
            line,
            EventType.MEMBER,
            NAMES.get(target),
            NAMES.get(sender),
            "{\"membership\":\"" + membership + "\"}");
    assertThat(reasonOf(room.check(line, event))).isEqualTo(expected);
  }

  static String reasonOf(AuthVerdict verdict) {
    return verdict instanceof AuthVerdict.Denied denied ? denied.reason().name() : "ALLOWED";
  }

  private static void assertMember(
      TestRoom room, Line line, String stateKey, String sender, String content, String expected) {
    Pdu event = room.propose(line, EventType.MEMBER, stateKey, sender, content);
    assertThat(reasonOf(room.check(line, event))).isEqualTo(expected);
  }

  @Test
  void check_memberWithoutStateKeyOrMembership_isDenied() {
    var room = new TestRoom(RoomVersion.V12);
    Line line = room.populated();
    assertMember(room, line, null, BOB, "{\"membership\":\"join\"}", "MEMBER_WITHOUT_STATE_KEY");
    assertMember(room, line, BOB, BOB, "{}", "MEMBER_WITHOUT_MEMBERSHIP");
    assertMember(room, line, BOB, BOB, "{\"membership\":7}", "MEMBERSHIP_UNKNOWN");
  }

  @Test
  void check_membershipWithoutJoinRules_needsInvite() {
    var room = new TestRoom(RoomVersion.V12);
    Line line = room.create();
    assertMember(room, line, BOB, BOB, "{\"membership\":\"join\"}", "JOIN_NOT_INVITED");
  }

  @Test
  void check_firstJoin_isForTheCreatorOnly() {
    for (RoomVersion version : RoomVersion.all()) {
      var room = new TestRoom(version);
      Line created = room.create();
      String create = created.get(EventType.CREATE, "");
      var atCreate =
          new Line(
              created.state().remove(room.get(created.tips().get(0)).key()), List.of(create), 1);
      assertMember(room, atCreate, ALICE, ALICE, "{\"membership\":\"join\"}", "ALLOWED");
      assertMember(room, atCreate, BOB, BOB, "{\"membership\":\"join\"}", "JOIN_NOT_INVITED");
      var twoTips = new Line(atCreate.state(), List.of(create, create + "x"), 2);
      Pdu late =
          room.propose(
              new Line(atCreate.state(), created.tips(), 2),
              EventType.MEMBER,
              ALICE,
              ALICE,
              "{\"membership\":\"join\"}");
      assertThat(reasonOf(room.check(twoTips, late))).isEqualTo("JOIN_NOT_INVITED");
    }
  }

  @Test
  void check_inviteBelowInviteLevel_isDenied() {
    var room = new TestRoom(RoomVersion.V12);
    Line line = room.populated();
    line = room.send(line, EventType.POWER_LEVELS, "", ALICE, "{\"invite\":1}");
    line = room.member(line, EVELYN, EVELYN, "leave");
    assertMember(room, line, EVELYN, CHARLIE, "{\"membership\":\"invite\"}", "INVITE_NEEDS_POWER");
    assertMember(room, line, EVELYN, ALICE, "{\"membership\":\"invite\"}", "ALLOWED");
  }

  @ParameterizedTest
  @CsvSource({
    "@bob:b.org, ALLOWED",
    "@charlie:c.org, JOIN_NOT_AUTHORISED",
    "@nobody:x.org, JOIN_NOT_AUTHORISED",
    "nobody, MEMBER_AUTHORISER_MALFORMED"
  })
  void check_restrictedJoin_needsJoinedAuthoriserWhoMayInvite(String authoriser, String expected) {
    var room = new TestRoom(RoomVersion.V10);
    Line line = room.joinRule(room.populated(), ALICE, "restricted");
    line =
        room.send(
            line,
            EventType.POWER_LEVELS,
            "",
            ALICE,
            "{\"invite\":50,\"users\":{\"@alice:a.org\":100,\"@bob:b.org\":50}}");
    line = room.member(line, EVELYN, EVELYN, "leave");
    String content =
        "{\"membership\":\"join\",\"join_authorised_via_users_server\":\"" + authoriser + "\"}";
    assertMember(room, line, EVELYN, EVELYN, content, expected);
  }

  @Test
  void check_authoriserBeforeRestrictedJoins_isIgnored() {
    var room = new TestRoom(RoomVersion.V7);
    Line line = room.populated();
    String content = "{\"membership\":\"join\",\"join_authorised_via_users_server\":7}";
    assertMember(room, line, EVELYN, EVELYN, content, "ALLOWED");
  }
}
