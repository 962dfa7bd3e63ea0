package dev.stele.stateres.auth;

import static dev.stele.stateres.TestRoom.ALICE;
import static dev.stele.stateres.TestRoom.BOB;
import static dev.stele.stateres.TestRoom.CHARLIE;
import static dev.stele.stateres.TestRoom.EVELYN;
import static dev.stele.stateres.auth.MemberRulesTest.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.TestRoom;
import dev.stele.stateres.TestRoom.Line;
import dev.stele.stateres.event.EventType;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import dev.stele.stateres.json.StrictJson;
import dev.stele.stateres.sign.JsonSignatures;
import dev.stele.stateres.sign.SigningKey;
import dev.stele.stateres.version.RoomVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules other than those for members and power levels, branch by branch. */
final class AuthRulesTest {
  private static final AuthState NOTHING = key -> null;

  // --- 1. m.room.create

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "12 | {} | ALLOWED",
        "12 | {\"room_version\":\"12\"} | ALLOWED",
        "12 | {\"room_version\":\"99\"} | CREATE_VERSION_UNKNOWN",
        "12 | {\"room_version\":12} | CREATE_VERSION_UNKNOWN",
        "12 | {\"additional_creators\":[\"@b:c\"]} | ALLOWED",
        "12 | {\"additional_creators\":[]} | ALLOWED",
        "12 | {\"additional_creators\":[\"b\"]} | CREATE_ADDITIONAL_CREATORS_MALFORMED",
        "12 | {\"additional_creators\":[7]} | CREATE_ADDITIONAL_CREATORS_MALFORMED",
        "12 | {\"additional_creators\":{\"a\":\"@b:c\"}} | CREATE_ADDITIONAL_CREATORS_MALFORMED",
        "12 | {\"additional_creators\":\"@b:c\"} | CREATE_ADDITIONAL_CREATORS_MALFORMED",
        "11 | {\"additional_creators\":7} | ALLOWED",
        "11 | {} | ALLOWED",
        "10 | {} | CREATE_WITHOUT_CREATOR",
        "10 | {\"creator\":\"@alice:a.org\"} | ALLOWED",
        "1 | {\"creator\":null} | ALLOWED",
        "1 | {} | CREATE_WITHOUT_CREATOR",
      })
  void check_createContent_isDecidedByItsBranch(String version, String content, String expected) {
    assertThat(reasonOf(AuthRules.check(create(version, content, "!r:a.org", "[]"), NOTHING)))
        .isEqualTo(expected);
  }

  @Test
  void check_createWithPrevEvents_isDenied() {
    String prev = "[\"$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"]";
    assertThat(reasonOf(AuthRules.check(create("12", "{}", "!r:a.org", prev), NOTHING)))
        .isEqualTo("CREATE_NOT_FIRST");
  }

  @Test
  void check_createWithForeignRoomId_isDeniedUntilVersion11() {
    assertThat(reasonOf(AuthRules.check(create("11", "{}", "!r:b.org", "[]"), NOTHING)))
        .isEqualTo("CREATE_ROOM_ID_OF_OTHER_SERVER");
  }

  @Test
  void check_createWithRoomId_isDeniedFromVersion12() {
    ObjectNode json = createJson("{}", "[]");
    json.put("room_id", "!r:a.org");
    Pdu event = Pdu.parse(RoomVersion.V12, json).orThrow();
    assertThat(reasonOf(AuthRules.check(event, NOTHING))).isEqualTo("CREATE_HAS_ROOM_ID");
  }

  private static Pdu create(String version, String content, String roomId, String prevEvents) {
    RoomVersion rules = RoomVersion.of(version).orElseThrow();
    ObjectNode json = createJson(content, prevEvents);
    if (!rules.roomIdIsCreateHash()) {
      json.put("room_id", roomId);
    }
    json.put("event_id", "$create:a.org");
    return Pdu.parse(rules, json).orThrow();
  }

  private static ObjectNode createJson(String content, String prevEvents) {
    return StrictJson.parseObject(
        """
        {"type": "m.room.create", "state_key": "", "sender": "@alice:a.org", "depth": 1,
         "origin_server_ts": 1, "auth_events": [], "hashes": {"sha256": "x"}, "signatures": {},
        """
            + "\"content\":"
            + content
            + ",\"prev_events\":"
            + prevEvents
            + "}");
  }

  // --- 2. the room

  @Test
  void check_stateWithoutCreate_isDenied() {
    var room = new TestRoom(RoomVersion.V12);
    Line line = room.populated();
    Pdu event = room.propose(line, "x", null, ALICE, "{}");
    assertThat(reasonOf(AuthRules.check(event, NOTHING))).isEqualTo("CREATE_MISSING");
  }

  @Test
  void check_eventOfOtherRoom_isDenied() {
    for (RoomVersion version : List.of(RoomVersion.V11, RoomVersion.V12)) {
      var room = new TestRoom(version);
      Line line = room.populated();
      Pdu event = room.propose(line, "x", null, ALICE, "{}");
      Pdu elsewhere =
          Pdu.trusted(
                  version,
                  "$e",
                  event
                      .json()
                      .deepCopy()
                      .put(
                          "room_id",
                          version.roomIdIsCreateHash() ? "!" + "a".repeat(43) : "!other:a.org"))
              .orThrow();
      assertThat(reasonOf(room.check(line, elsewhere))).isEqualTo("OTHER_ROOM");
    }
  }

  // --- 4. m.federate

  @Test
  void check_roomThatDoesNotFederate_isForTheCreatorsServerOnly() {
    var room = new TestRoom(RoomVersion.V12);
    Line line = room.create("{\"m.federate\":false}");
    line = room.joinRule(line, ALICE, "public");
    assertThat(memberReason(room, line, BOB)).isEqualTo("NOT_FEDERATED");
    assertThat(memberReason(room, line, "@zoe:a.org")).isEqualTo("ALLOWED");
  }

  private static String memberReason(TestRoom room, Line line, String user) {
    return reasonOf(
        room.check(
            line, room.propose(line, EventType.MEMBER, user, user, "{\"membership\":\"join\"}")));
  }

  // --- until version 5: aliases

  @ParameterizedTest
  @CsvSource({
    "5, c.org, ALLOWED",
    "5, b.org, ALIASES_OF_OTHER_SERVER",
    "5, , ALIASES_WITHOUT_STATE_KEY",
    "6, c.org, EVENT_NEEDS_POWER",
    "6, , ALLOWED"
  })
  void check_aliases_belongToTheirServerUntilVersion5(
      String version, String stateKey, String expected) {
    var room = new TestRoom(RoomVersion.of(version).orElseThrow());
    Line line = room.populated();
    Pdu event = room.propose(line, EventType.ALIASES, stateKey, CHARLIE, "{}");
    assertThat(reasonOf(room.check(line, event))).isEqualTo(expected);
  }

  // --- 6 to 9

  @Test
  void check_senderNotJoined_isDenied() {
    var room = new TestRoom(RoomVersion.V12);
    Line line = room.member(room.populated(), CHARLIE, CHARLIE, "leave");
    assertThat(reasonOf(room.check(line, room.propose(line, "x", null, CHARLIE, "{}"))))
        .isEqualTo("SENDER_NOT_JOINED");
    assertThat(reasonOf(room.check(line, room.propose(line, "x", null, "@no:x.org", "{}"))))
        .isEqualTo("SENDER_NOT_JOINED");
  }

  @Test
  void check_thirdPartyInvite_needsTheInviteLevelOnly() {
    var room = new TestRoom(RoomVersion.V12);
    Line line = room.populated();
    Pdu free = room.propose(line, EventType.THIRD_PARTY_INVITE, "t", CHARLIE, "{}");
    assertThat(reasonOf(room.check(line, free))).isEqualTo("ALLOWED");
    Line dear = room.send(line, EventType.POWER_LEVELS, "", ALICE, "{\"invite\":1}");
    Pdu denied = room.propose(dear, EventType.THIRD_PARTY_INVITE, "t", CHARLIE, "{}");
    assertThat(reasonOf(room.check(dear, denied))).isEqualTo("THIRD_PARTY_INVITE_NEEDS_POWER");
  }

  @Test
  void check_eventAboveSendersLevel_isDenied() {
    var room = new TestRoom(RoomVersion.V12);
    Line line = room.populated();
    assertThat(reasonOf(room.check(line, room.propose(line, "x", null, CHARLIE, "{}"))))
        .isEqualTo("ALLOWED");
    assertThat(reasonOf(room.check(line, room.propose(line, "x", "", CHARLIE, "{}"))))
        .isEqualTo("EVENT_NEEDS_POWER");
    assertThat(reasonOf(room.check(line, room.propose(line, "x", "", BOB, "{}"))))
        .isEqualTo("ALLOWED");
  }

  @Test
  void check_stateOfOtherUser_isDenied() {
    var room = new TestRoom(RoomVersion.V12);
    Line line = room.populated();
    assertThat(reasonOf(room.check(line, room.propose(line, "x", CHARLIE, BOB, "{}"))))
        .isEqualTo("STATE_OF_OTHER_USER");
    assertThat(reasonOf(room.check(line, room.propose(line, "x", BOB, BOB, "{}"))))
        .isEqualTo("ALLOWED");
    assertThat(reasonOf(room.check(line, room.propose(line, "x", "b@c", BOB, "{}"))))
        .isEqualTo("ALLOWED");
  }

  // --- versions 1 and 2: redactions

  @Test
  void check_redaction_needsPowerOrSameServerInVersions1And2() {
    assertThat(redactionReason(RoomVersion.V1, BOB, "$x:b.org")).isEqualTo("ALLOWED");
    assertThat(redactionReason(RoomVersion.V2, CHARLIE, "$x:a.org")).isEqualTo("ALLOWED");
    assertThat(redactionReason(RoomVersion.V2, CHARLIE, "$x:b.org"))
        .isEqualTo("REDACTION_NEEDS_POWER");
    assertThat(redactionReason(RoomVersion.V3, CHARLIE, "$x:b.org")).isEqualTo("ALLOWED");
  }

  private static String redactionReason(RoomVersion version, String sender, String redacts) {
    var room = new TestRoom(version);
    Line line = room.populated();
    Pdu bare = room.propose(line, EventType.REDACTION, null, sender, "{}");
    Pdu event =
        Pdu.trusted(version, bare.eventId(), bare.json().deepCopy().put("redacts", redacts))
            .orThrow();
    return reasonOf(room.check(line, event));
  }

  // --- 5.4.1 third-party invites

  private static final SigningKey IDENTITY_SERVER = SigningKey.generate("0");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "- | - | ALLOWED",
        "/third_party_invite | {} | THIRD_PARTY_INVITE_MALFORMED",
        "/third_party_invite | null | THIRD_PARTY_INVITE_MALFORMED",
        "/third_party_invite/signed | 7 | THIRD_PARTY_INVITE_MALFORMED",
        "/third_party_invite/signed/mxid | - | THIRD_PARTY_INVITE_MALFORMED",
        "/third_party_invite/signed/token | - | THIRD_PARTY_INVITE_MALFORMED",
        "/third_party_invite/signed/mxid | \"@x:y\" | THIRD_PARTY_INVITE_OF_OTHER_USER",
        "/third_party_invite/signed/token | \"other\" | THIRD_PARTY_INVITE_UNKNOWN",
        "/third_party_invite/signed/extra | 1 | THIRD_PARTY_INVITE_NOT_SIGNED",
        "/third_party_invite/signed/signatures | {} | THIRD_PARTY_INVITE_NOT_SIGNED",
        "/third_party_invite/signed/signatures | 7 | THIRD_PARTY_INVITE_NOT_SIGNED",
        "/third_party_invite/signed/extra | 1.5 | THIRD_PARTY_INVITE_NOT_SIGNED",
      })
  void check_thirdPartyInviteRedeemed_isDecidedByItsBranch(
      String pointer, String value, String expected) {
    for (String keyPlace : List.of("/public_key", "/public_keys")) {
      var room = new TestRoom(RoomVersion.V5);
      Line line = invited(room, keyPlace);
      String content = redeemed();
      content = pointer.equals("-") ? content : ChangedJson.with(content, pointer, value);
      Pdu event = room.propose(line, EventType.MEMBER, "@new:n.org", BOB, content);
      assertThat(reasonOf(room.check(line, event))).isEqualTo(expected);
    }
  }

  @Test
  void check_thirdPartyInviteOfBannedOrByOther_isDenied() {
    var room = new TestRoom(RoomVersion.V11);
    Line line = invited(room, "/public_key");
    Line banned = room.member(line, ALICE, "@new:n.org", "ban");
    assertThat(
            reasonOf(
                room.check(
                    banned, room.propose(banned, EventType.MEMBER, "@new:n.org", BOB, redeemed()))))
        .isEqualTo("THIRD_PARTY_INVITE_OF_BANNED");
    assertThat(
            reasonOf(
                room.check(
                    line, room.propose(line, EventType.MEMBER, "@new:n.org", ALICE, redeemed()))))
        .isEqualTo("THIRD_PARTY_INVITE_BY_OTHER_USER");
  }

  @Test
  void check_thirdPartyInviteRedeemed_doesNotNeedTheSenderToBeJoined() {
    var room = new TestRoom(RoomVersion.V11);
    Line line = room.member(invited(room, "/public_key"), BOB, BOB, "leave");
    assertThat(
            reasonOf(
                room.check(
                    line, room.propose(line, EventType.MEMBER, "@new:n.org", BOB, redeemed()))))
        .isEqualTo("ALLOWED");
  }

  private static Line invited(TestRoom room, String keyPlace) {
    String key = "\"" + IDENTITY_SERVER.publicKeyBase64() + "\"";
    String content =
        keyPlace.equals("/public_key")
            ? "{\"public_key\":" + key + "}"
            : "{\"public_key\":\"!\",\"public_keys\":[{\"public_key\":\"AAAA\"},{\"public_key\":"
                + key
                + "}]}";
    return room.send(room.populated(), EventType.THIRD_PARTY_INVITE, "tok", BOB, content);
  }

  private static String redeemed() {
    ObjectNode signed = StrictJson.parseObject("{\"mxid\":\"@new:n.org\",\"token\":\"tok\"}");
    ObjectNode content = StrictJson.parseObject("{\"membership\":\"invite\"}");
    content
        .putObject("third_party_invite")
        .put("display_name", "n...")
        .set("signed", JsonSignatures.sign(signed, "id.org", IDENTITY_SERVER));
    return content.toString();
  }

  // --- 2, 3. the event's own auth events

  @Test
  void checkAuthEvents_eventMadeByTheSelection_isAllowedInEveryVersion() {
    for (RoomVersion version : RoomVersion.all()) {
      var room = new TestRoom(version);
      Line line = room.populated();
      Pdu event = room.propose(line, "x", null, CHARLIE, "{}");
      assertThat(AuthRules.checkAgainstAuthEvents(event, room).isAllowed()).isTrue();
      assertThat(event.authEvents()).hasSize(version.roomIdIsCreateHash() ? 2 : 3);
    }
  }

  @Test
  void checkAuthEvents_wrongLists_areDeniedWithTheirRule() {
    var room = new TestRoom(RoomVersion.V11);
    Line line = room.populated();
    String create = line.get(EventType.CREATE, "");
    String levels = line.get(EventType.POWER_LEVELS, "");
    String charlie = line.get(EventType.MEMBER, CHARLIE);
    String evelyn = line.get(EventType.MEMBER, EVELYN);
    Line again = room.join(line, CHARLIE);
    String charlieAgain = again.get(EventType.MEMBER, CHARLIE);
    Pdu event = room.propose(line, "x", null, CHARLIE, "{}");

    assertThat(listReason(room, event, create, levels, charlie)).isEqualTo("ALLOWED");
    assertThat(listReason(room, event, create, charlie)).isEqualTo("ALLOWED");
    assertThat(listReason(room, event, levels, charlie)).isEqualTo("AUTH_EVENTS_WITHOUT_CREATE");
    assertThat(listReason(room, event, create, evelyn)).isEqualTo("AUTH_EVENT_NOT_SELECTED");
    assertThat(listReason(room, event, create, "$gone")).isEqualTo("AUTH_EVENT_MISSING");
    assertThat(listReason(room, event, create, event.eventId()))
        .isEqualTo("AUTH_EVENT_NOT_SELECTED");
    assertThat(listReason(room, event, create, charlie, charlieAgain))
        .isEqualTo("AUTH_EVENTS_DUPLICATE");
    room.reject(charlie);
    assertThat(listReason(room, event, create, charlie)).isEqualTo("AUTH_EVENT_REJECTED");
  }

  @Test
  void checkAuthEvents_createListedInVersion12_isDenied() {
    var room = new TestRoom(RoomVersion.V12);
    Line line = room.populated();
    Pdu event = room.propose(line, "x", null, CHARLIE, "{}");
    assertThat(listReason(room, event, line.get(EventType.CREATE, "")))
        .isEqualTo("AUTH_EVENT_NOT_SELECTED");
    room.reject(line.get(EventType.CREATE, ""));
    assertThat(reasonOf(AuthRules.checkAuthEvents(event, room))).isEqualTo("CREATE_MISSING");
  }

  @Test
  void checkAuthEvents_authEventOfOtherRoom_isDenied() {
    var room = new TestRoom(RoomVersion.V12);
    var other = new TestRoom(RoomVersion.V12);
    Line line = room.populated();
    Line foreign = other.create("{\"type\":\"other\"}");
    String alice = foreign.get(EventType.MEMBER, ALICE);
    Pdu event = room.propose(line, "x", null, ALICE, "{}");
    Pdu listed = listing(event, alice);
    assertThat(
            reasonOf(
                AuthRules.checkAuthEvents(
                    listed, id -> room.get(id) == null ? other.get(id) : room.get(id))))
        .isEqualTo("AUTH_EVENT_OF_OTHER_ROOM");
  }

  private static String listReason(TestRoom room, Pdu event, String... ids) {
    return reasonOf(AuthRules.checkAuthEvents(listing(event, ids), room));
  }

  private static Pdu listing(Pdu event, String... ids) {
    ObjectNode json = event.json().deepCopy();
    var list = json.putArray("auth_events");
    for (String id : ids) {
      list.add(id);
    }
    return Pdu.trusted(event.version(), event.eventId(), json).orThrow();
  }

  // --- selection

  @Test
  void select_memberEvents_namesWhatTheyRestOn() {
    assertThat(select("12", "join", "{}"))
        .containsExactlyInAnyOrder(
            "m.room.power_levels|",
            "m.room.member|@a:b",
            "m.room.member|@c:d",
            "m.room.join_rules|");
    assertThat(select("11", "leave", "{}"))
        .containsExactlyInAnyOrder(
            "m.room.create|", "m.room.power_levels|", "m.room.member|@a:b", "m.room.member|@c:d");
    assertThat(select("12", "invite", "{\"third_party_invite\":{\"signed\":{\"token\":\"t\"}}}"))
        .contains("m.room.third_party_invite|t", "m.room.join_rules|");
    assertThat(select("12", "knock", "{}")).contains("m.room.join_rules|");
    assertThat(select("12", "ban", "{}")).doesNotContain("m.room.join_rules|");
    String authorised = "{\"join_authorised_via_users_server\":\"@e:f\"}";
    assertThat(select("8", "join", authorised)).contains("m.room.member|@e:f");
    assertThat(select("7", "join", authorised)).doesNotContain("m.room.member|@e:f");
    assertThat(select("8", "invite", authorised)).doesNotContain("m.room.member|@e:f");
  }

  private static List<String> select(String version, String membership, String rest) {
    ObjectNode content = StrictJson.parseObject(rest).put("membership", membership);
    return AuthEventTypes.select(
            RoomVersion.of(version).orElseThrow(), EventType.MEMBER, "@a:b", "@c:d", content)
        .stream()
        .map(AuthRulesTest::text)
        .toList();
  }

  private static String text(StateKey key) {
    return key.type() + "|" + key.stateKey();
  }
}
