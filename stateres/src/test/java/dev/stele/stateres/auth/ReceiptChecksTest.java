package dev.stele.stateres.auth;

import static dev.stele.stateres.TestRoom.ALICE;
import static dev.stele.stateres.TestRoom.BOB;
import static dev.stele.stateres.TestRoom.EVELYN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.TestRoom;
import dev.stele.stateres.TestRoom.Line;
import dev.stele.stateres.event.EventSignatures;
import dev.stele.stateres.event.EventSource;
import dev.stele.stateres.event.EventType;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.PduBuilder;
import dev.stele.stateres.event.SignatureCheck;
import dev.stele.stateres.json.StrictJson;
import dev.stele.stateres.sign.KeyRing;
import dev.stele.stateres.sign.SigningKey;
import dev.stele.stateres.sign.VerifyKey;
import dev.stele.stateres.version.RoomVersion;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReceiptChecksTest {
  private static final SigningKey KEY = SigningKey.ofSeed("k", new byte[32]);
  private static final long SENT = 5_000;
  private static final KeyRing KEYS =
      (server, id) -> id.equals("ed25519:k") ? new VerifyKey(KEY.verifier(), SENT) : null;

  private final TestRoom room = new TestRoom(RoomVersion.V12);
  private final Line line = room.populated();

  private Pdu signed(Line at, String type, String sender, String content) {
    return signed(at, type, null, sender, content);
  }

  private Pdu signed(Line at, String type, String stateKey, String sender, String content) {
    Pdu model = room.propose(at, type, stateKey, sender, content);
    return new PduBuilder(RoomVersion.V12, type, sender)
        .roomId(model.roomId())
        .stateKey(stateKey)
        .content(model.content())
        .prevEvents(model.prevEvents())
        .authEvents(model.authEvents())
        .depth(3)
        .originServerTs(SENT)
        .build(sender.substring(sender.indexOf(':') + 1), KEY)
        .orThrow();
  }

  private AuthState stateOf(Line at) {
    return key -> {
      String id = at.state().get(key);
      return id == null ? null : room.get(id);
    };
  }

  private Receipt check(Pdu pdu, Line before, Line current) {
    return ReceiptChecks.check(pdu, KEYS, room, stateOf(before), stateOf(current));
  }

  @Test
  void check_goodEvent_isAccepted() {
    Pdu pdu = signed(line, "x", BOB, "{}");
    assertThat(check(pdu, line, line)).isEqualTo(new Receipt.Accepted(pdu));
  }

  @Test
  void check_senderBannedMeanwhile_isSoftFailed() {
    Line banned = room.member(line, ALICE, BOB, "ban");
    assertThat(check(signed(line, "x", BOB, "{}"), line, banned))
        .isInstanceOfSatisfying(
            Receipt.SoftFailed.class,
            failed -> assertThat(failed.reason()).isEqualTo(AuthReason.SENDER_NOT_JOINED));
  }

  @Test
  void check_senderBannedBefore_isRejected() {
    Line banned = room.member(line, ALICE, BOB, "ban");
    assertThat(check(signed(line, "x", BOB, "{}"), banned, line))
        .isInstanceOf(Receipt.Rejected.class);
    assertThat(check(signed(banned, "x", BOB, "{}"), line, line))
        .isInstanceOf(Receipt.Rejected.class);
  }

  @Test
  void check_changedContent_isRedactedAndGoesOn() {
    Pdu pdu = signed(line, "x", BOB, "{\"body\":\"said\"}");
    ObjectNode json = pdu.json().deepCopy();
    json.putObject("content").put("body", "never said");
    Pdu changed = Pdu.parse(RoomVersion.V12, json).orThrow();
    assertThat(check(changed, line, line))
        .isInstanceOfSatisfying(
            Receipt.Accepted.class,
            accepted -> {
              assertThat(accepted.pdu().content()).isEmpty();
              assertThat(accepted.pdu().eventId()).isEqualTo(pdu.eventId());
            });
  }

  @Test
  void check_changedProtectedField_isDropped() {
    ObjectNode json = signed(line, "x", BOB, "{}").json().deepCopy().put("depth", 4);
    Pdu changed = Pdu.parse(RoomVersion.V12, json).orThrow();
    assertThat(check(changed, line, line)).isInstanceOf(Receipt.Dropped.class);
  }

  @Test
  void check_unknownOrExpiredKey_isAskedFor() {
    Pdu pdu = signed(line, "x", BOB, "{}");
    var wanted = new Receipt.NeedsKeys(Map.of("b.org", Set.of("ed25519:k")));
    assertThat(ReceiptChecks.checkAlone(pdu, (server, id) -> null, room)).isEqualTo(wanted);
    KeyRing expired = (server, id) -> new VerifyKey(KEY.verifier(), SENT - 1);
    assertThat(ReceiptChecks.checkAlone(pdu, expired, room)).isEqualTo(wanted);
  }

  @Test
  void check_unknownAuthEvents_areAskedFor() {
    Pdu pdu = signed(line, "x", BOB, "{}");
    EventSource nothing = id -> null;
    var wanted = new ArrayList<>(pdu.authEvents());
    wanted.add("$" + pdu.roomId().substring(1));
    assertThat(ReceiptChecks.checkAlone(pdu, KEYS, nothing))
        .isInstanceOfSatisfying(
            Receipt.NeedsEvents.class,
            needs -> assertThat(needs.eventIds()).containsExactlyInAnyOrderElementsOf(wanted));
  }

  @Test
  void requiredServers_specialEvents_nameMoreOrOthers() {
    Pdu restricted =
        signed(
            line,
            EventType.MEMBER,
            BOB,
            BOB,
            "{\"membership\":\"join\",\"join_authorised_via_users_server\":\"@alice:a.org\"}");
    assertThat(EventSignatures.requiredServers(restricted)).containsExactly("b.org", "a.org");
    assertThat(EventSignatures.check(restricted, KEYS))
        .isEqualTo(new SignatureCheck.Invalid("a.org", "a.org has not signed"));
    Pdu both = PduBuilder.countersign(restricted, "a.org", KEY);
    assertThat(EventSignatures.check(both, KEYS)).isInstanceOf(SignatureCheck.Valid.class);
    Pdu thirdParty =
        signed(
            line,
            EventType.MEMBER,
            "@n:n.org",
            BOB,
            "{\"membership\":\"invite\",\"third_party_invite\":{}}");
    assertThat(EventSignatures.requiredServers(thirdParty)).isEmpty();
  }

  /** Rule 5.2: rejected rather than dropped, but only once the sender's signature is known. */
  @Test
  void check_authoriserHasNotSigned_isRejected() {
    Line left = room.member(line, EVELYN, EVELYN, "leave");
    String content =
        "{\"membership\":\"join\",\"join_authorised_via_users_server\":\"@alice:a.org\"}";
    Pdu join = signed(left, EventType.MEMBER, EVELYN, EVELYN, content);
    assertThat(ReceiptChecks.checkAlone(join, KEYS, room))
        .isInstanceOfSatisfying(
            Receipt.Rejected.class,
            rejected ->
                assertThat(rejected.reason()).isEqualTo(AuthReason.MEMBER_AUTHORISER_NOT_SIGNED));
    assertThat(ReceiptChecks.checkAlone(join, (server, id) -> null, room))
        .isEqualTo(new Receipt.NeedsKeys(Map.of("e.org", Set.of("ed25519:k"))));
    Pdu both = PduBuilder.countersign(join, "a.org", KEY);
    assertThat(ReceiptChecks.checkAlone(both, KEYS, room)).isEqualTo(new Receipt.Accepted(both));
    var stranger = new VerifyKey(SigningKey.generate("k").verifier(), SENT);
    KeyRing forged = (server, id) -> stranger;
    assertThat(ReceiptChecks.checkAlone(both, forged, room)).isInstanceOf(Receipt.Dropped.class);
  }

  /** Only from version 5 must a key have been valid when its event was sent. */
  @Test
  void check_keyThatExpiredBefore_isTakenUntilVersion4() {
    var expired = new VerifyKey(KEY.verifier(), SENT - 1);
    for (RoomVersion version : RoomVersion.all()) {
      Pdu pdu =
          new PduBuilder(version, "x", BOB)
              .roomId(
                  version.roomIdIsCreateHash() ? room.get(line.tips().get(0)).roomId() : "!r:b.org")
              .originServerTs(SENT)
              .build("b.org", KEY)
              .orThrow();
      boolean valid =
          EventSignatures.check(pdu, (server, id) -> expired) instanceof SignatureCheck.Valid;
      assertThat(valid).as(version.toString()).isEqualTo(Integer.parseInt(version.id()) < 5);
    }
  }

  @Test
  void requiredServers_oldVersions_nameTheEventIdsServer() {
    Pdu pdu =
        Pdu.parse(
                RoomVersion.V2,
                StrictJson.parseObject(
                    """
                    {"type": "x", "sender": "@a:a.org", "content": {}, "depth": 1,
                     "origin_server_ts": 1, "prev_events": [], "auth_events": [],
                     "hashes": {"sha256": "x"}, "signatures": {}, "room_id": "!r:a.org",
                     "event_id": "$e:other.org"}
                    """))
            .orThrow();
    assertThat(EventSignatures.requiredServers(pdu)).containsExactly("a.org", "other.org");
  }
}
