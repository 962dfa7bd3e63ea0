package dev.stele.stateres.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.stele.stateres.event.PduResult.Reason;
import dev.stele.stateres.json.CanonicalJson;
import dev.stele.stateres.json.RandomJson;
import dev.stele.stateres.json.StrictJson;
import dev.stele.stateres.sign.Base64Unpadded;
import dev.stele.stateres.sign.SigningKey;
import dev.stele.stateres.sign.VerifyKey;
import dev.stele.stateres.version.RoomVersion;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class PduTest {
  private static final SigningKey KEY = SigningKey.ofSeed("k", new byte[32]);
  private static final String ID = "$" + "a".repeat(43);
  private static final String ROOM = "!" + "r".repeat(43);

  static Iterable<RoomVersion> versions() {
    return RoomVersion.all();
  }

  private static ObjectNode wellFormed() {
    return StrictJson.parseObject(
            """
        {"type": "m.room.message", "sender": "@a:a.org", "content": {"body": "x"}, "depth": 5,
         "origin_server_ts": 7, "prev_events": [], "auth_events": [],
         "hashes": {"sha256": "x"}, "signatures": {"a.org": {"ed25519:1": "y"}}}
        """)
        .put("room_id", ROOM);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "type | - | MISSING",
        "type | 7 | WRONG_TYPE",
        "sender | - | MISSING",
        "sender | null | WRONG_TYPE",
        "sender | \"bob\" | MALFORMED",
        "state_key | 7 | WRONG_TYPE",
        "state_key | null | WRONG_TYPE",
        "content | - | MISSING",
        "content | [] | WRONG_TYPE",
        "depth | - | MISSING",
        "depth | \"1\" | WRONG_TYPE",
        "depth | -1 | MALFORMED",
        "depth | 9007199254740992 | NOT_CANONICAL",
        "depth | 1.0 | NOT_CANONICAL",
        "origin_server_ts | - | MISSING",
        "origin_server_ts | true | WRONG_TYPE",
        "prev_events | - | MISSING",
        "prev_events | {} | WRONG_TYPE",
        "prev_events | [7] | WRONG_TYPE",
        "auth_events | [[\"$a\",{}]] | WRONG_TYPE",
        "auth_events | null | WRONG_TYPE",
        "hashes | - | MISSING",
        "hashes | {} | MISSING",
        "hashes | {\"sha256\":7} | MISSING",
        "signatures | - | MISSING",
        "signatures | [] | WRONG_TYPE",
        "signatures | {\"a\":7} | WRONG_TYPE",
        "signatures | {\"a\":{\"b\":7}} | WRONG_TYPE",
        "room_id | - | MISSING",
        "room_id | \"!a:b\" | MALFORMED",
        "content | {\"a\":0.5} | NOT_CANONICAL",
        "content | {\"a\":\"\\ud800\"} | NOT_CANONICAL",
      })
  void parse_badField_isRefusedWithItsReason(String field, String value, Reason reason) {
    ObjectNode json = wellFormed();
    if (value.equals("-")) {
      json.remove(field);
    } else {
      json.set(field, StrictJson.parse(value));
    }
    assertThat(reasonOf(Pdu.parse(RoomVersion.V12, json))).isEqualTo(reason);
  }

  private static Reason reasonOf(PduResult result) {
    return result instanceof PduResult.Refused refused ? refused.reason() : null;
  }

  @Test
  void parse_wellFormed_hasItsFields() {
    Pdu pdu = Pdu.parse(RoomVersion.V12, wellFormed()).orThrow();
    assertThat(pdu.type()).isEqualTo("m.room.message");
    assertThat(pdu.stateKey()).isNull();
    assertThat(pdu.isState()).isFalse();
    assertThat(pdu.sender()).isEqualTo("@a:a.org");
    assertThat(pdu.depth()).isEqualTo(5);
    assertThat(pdu.originServerTs()).isEqualTo(7);
    assertThat(pdu.roomId()).isEqualTo(ROOM);
    assertThat(pdu.contentText("body")).isEqualTo("x");
    assertThat(pdu.eventId()).startsWith("$").hasSize(44);
    assertThat(pdu.erasable()).isEqualTo(StrictJson.parse("{\"content\":{\"body\":\"x\"}}"));
  }

  @Test
  void parse_oversizedFields_areTooLarge() {
    for (String field : List.of("type", "state_key", "sender", "room_id")) {
      ObjectNode json = wellFormed().put(field, "ü".repeat(128));
      assertThat(reasonOf(Pdu.parse(RoomVersion.V12, json))).isEqualTo(Reason.TOO_LARGE);
    }
    ObjectNode longest = wellFormed().put("state_key", "ü".repeat(127) + "x");
    assertThat(Pdu.parse(RoomVersion.V12, longest)).isInstanceOf(PduResult.Valid.class);
  }

  @Test
  void parse_eventSize_isBoundedWithSignatures() {
    ObjectNode json = wellFormed();
    int rest = CanonicalJson.encode(json).length - 1;
    json.putObject("content").put("body", "x".repeat(EventSizes.MAX_EVENT_BYTES - rest));
    assertThat(CanonicalJson.encode(json)).hasSize(EventSizes.MAX_EVENT_BYTES);
    assertThat(Pdu.parse(RoomVersion.V12, json)).isInstanceOf(PduResult.Valid.class);
    json.put("x", 1);
    assertThat(reasonOf(Pdu.parse(RoomVersion.V12, json))).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void parse_manyReferences_areTooMany() {
    ObjectNode json = wellFormed();
    for (int i = 0; i < 20; i++) {
      json.withArray("prev_events").add(ID);
    }
    assertThat(Pdu.parse(RoomVersion.V12, json)).isInstanceOf(PduResult.Valid.class);
    json.withArray("prev_events").add(ID);
    assertThat(reasonOf(Pdu.parse(RoomVersion.V12, json))).isEqualTo(Reason.TOO_MANY);
    ObjectNode auth = wellFormed();
    for (int i = 0; i < 11; i++) {
      auth.withArray("auth_events").add(ID);
    }
    assertThat(reasonOf(Pdu.parse(RoomVersion.V12, auth))).isEqualTo(Reason.TOO_MANY);
  }

  @Test
  void parse_oddNumbersBeforeVersion6_areTaken() {
    ObjectNode json = wellFormed().put("room_id", "!r:a.org");
    json.putObject("content").put("a", 0.5).put("b", Long.MAX_VALUE);
    assertThat(Pdu.parse(RoomVersion.V5, json)).isInstanceOf(PduResult.Valid.class);
    assertThat(reasonOf(Pdu.parse(RoomVersion.V6, json))).isEqualTo(Reason.NOT_CANONICAL);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void build_anyVersion_isReadBackTheSame(RoomVersion version) {
    Pdu built = message(version).build("a.org", KEY).orThrow();
    ObjectNode wire = StrictJson.parseObject(CanonicalJson.encode(built.json()));
    Pdu read = Pdu.parse(version, wire).orThrow();

    assertThat(read).isEqualTo(built).hasSameHashCodeAs(built);
    assertThat(read.eventId()).isEqualTo(built.eventId());
    assertThat(read.redactedCanonical()).isEqualTo(built.redactedCanonical());
    assertThat(read.hasValidContentHash()).isTrue();
    assertThat(EventSignatures.check(read, (server, id) -> key(0)))
        .isInstanceOf(SignatureCheck.Valid.class);
    assertThat(read.prevEvents()).containsExactly(ID);
    assertThat(read.authEvents()).containsExactly(ID, ID + "b");
    assertThat(read.redactedPdu().eventId()).isEqualTo(read.eventId());
    assertThat(Pdu.parse(version, read.redactedPdu().json()).orThrow().eventId())
        .isEqualTo(read.eventId());
    assertThat(read.redactedPdu().hasValidContentHash()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void build_references_carryHashesWhereTheVersionWantsThem(RoomVersion version) {
    ObjectNode json = message(version).build("a.org", KEY).orThrow().json();

    boolean pairs = version.equals(RoomVersion.V1) || version.equals(RoomVersion.V2);
    String id = "\"" + ID + "\"";
    assertThat(json.get("prev_events").toString())
        .isEqualTo(pairs ? "[[" + id + ",{\"sha256\":\"h\"}]]" : "[" + id + "]");
    assertThat(json.get("auth_events").path(1).isArray()).isEqualTo(pairs);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void referenceHash_ofAnEventOrItsRedactedForm_isTheSame(RoomVersion version) {
    Pdu pdu = message(version).build("a.org", KEY).orThrow();

    assertThat(pdu.referenceHash())
        .isEqualTo(Base64Unpadded.encode(EventHashes.referenceHash(version, pdu.json())))
        .isEqualTo(pdu.redactedPdu().referenceHash());
  }

  private static VerifyKey key(long validUntil) {
    return new VerifyKey(KEY.verifier(), validUntil + 10);
  }

  private static PduBuilder message(RoomVersion version) {
    return new PduBuilder(version, "m.room.message", "@a:a.org")
        .roomId(version.roomIdIsCreateHash() ? ROOM : "!r:a.org")
        .content(StrictJson.parseObject("{\"body\":\"hi\",\"n\":1}"))
        .prevEvents(List.of(ID), id -> "h")
        .authEvents(List.of(ID, ID + "b"), id -> "h")
        .depth(9)
        .originServerTs(10);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void build_redaction_putsTheTargetWhereTheVersionWantsIt(RoomVersion version) {
    Pdu pdu =
        new PduBuilder(version, EventType.REDACTION, "@a:a.org")
            .roomId(version.roomIdIsCreateHash() ? ROOM : "!r:a.org")
            .redacts(ID)
            .build("a.org", KEY)
            .orThrow();
    assertThat(pdu.redacts()).isEqualTo(ID);
    assertThat(pdu.json().has("redacts")).isEqualTo(!version.redactsInContent());
    assertThat(pdu.content().has("redacts")).isEqualTo(version.redactsInContent());
  }

  @Test
  void build_createOfVersion12_namesItsRoomByItsHash() {
    Pdu pdu =
        new PduBuilder(RoomVersion.V12, EventType.CREATE, "@a:a.org")
            .stateKey("")
            .build("a.org", KEY)
            .orThrow();
    assertThat(pdu.roomId()).isEqualTo("!" + pdu.eventId().substring(1));
    assertThat(pdu.json().has("room_id")).isFalse();
  }

  @Test
  void build_tooLargeOrNotCanonical_isRefused() {
    var big = StrictJson.parseObject("{}").put("body", "x".repeat(65_536));
    assertThat(reasonOf(message(RoomVersion.V12).content(big).build("a.org", KEY)))
        .isEqualTo(Reason.TOO_LARGE);
    var odd = StrictJson.parseObject("{\"a\":1.5}");
    assertThat(reasonOf(message(RoomVersion.V12).content(odd).build("a.org", KEY)))
        .isEqualTo(Reason.NOT_CANONICAL);
    assertThat(
            reasonOf(
                new PduBuilder(RoomVersion.V12, "x", "nobody").roomId(ROOM).build("a.org", KEY)))
        .isEqualTo(Reason.MALFORMED);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void contentJson_ofWhatWasBuilt_readsAsItsContent(RoomVersion version) {
    var content = StrictJson.parseObject("{\"b\":{\"y\":1,\"x\":\"\\u00e9\\n\"},\"a\":[]}");
    String room = version.roomIdIsCreateHash() ? ROOM : "!r:a.org";
    Pdu pdu =
        new PduBuilder(version, "m.room.message", "@a:a.org")
            .roomId(room)
            .content(content)
            .build("a.org", KEY)
            .orThrow();
    assertThat(StrictJson.parse(pdu.contentJson())).isEqualTo(pdu.content());
    assertThat(pdu.isContentAllThatIsErasable()).isTrue();
    Pdu read = Pdu.trusted(version, pdu.eventId(), pdu.json()).orThrow();
    assertThat(StrictJson.parse(read.contentJson())).isEqualTo(pdu.content());
  }

  @Test
  void isContentAllThatIsErasable_moreIsOrSomeIsKept_isFalse() {
    Pdu whole = Pdu.parse(RoomVersion.V12, wellFormed()).orThrow();
    assertThat(whole.isContentAllThatIsErasable()).isTrue();
    Pdu more = Pdu.parse(RoomVersion.V12, wellFormed().put("other", 1)).orThrow();
    assertThat(more.isContentAllThatIsErasable()).isFalse();
    var member = wellFormed().put("type", "m.room.member").put("state_key", "@a:a.org");
    member.putObject("content").put("membership", "join").put("displayname", "A");
    assertThat(Pdu.parse(RoomVersion.V12, member).orThrow().isContentAllThatIsErasable()).isFalse();
    assertThat(whole.redactedPdu().isContentAllThatIsErasable()).isFalse();
  }

  @Test
  void countersign_anyEvent_addsASignatureThatHolds() {
    Pdu pdu = message(RoomVersion.V12).build("a.org", KEY).orThrow();
    Pdu signed = PduBuilder.countersign(pdu, "b.org", KEY);
    assertThat(signed.eventId()).isEqualTo(pdu.eventId());
    assertThat(signed.json().path("signatures").path("b.org").path("ed25519:k"))
        .isEqualTo(pdu.json().path("signatures").path("a.org").path("ed25519:k"));
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void parse_anyFields_neverFailsOtherwise(
      @ForAll("fields") ObjectNode changes, @ForAll("versionIds") String id) {
    RoomVersion version = RoomVersion.of(id).orElseThrow();
    ObjectNode json = wellFormed();
    if (!version.roomIdIsCreateHash()) {
      json.put("room_id", "!r:a.org");
    }
    var unused = json.setAll(changes);
    if (Pdu.parse(version, json) instanceof PduResult.Valid valid) {
      Pdu pdu = valid.pdu();
      ObjectNode redacted = pdu.redactedJson();
      assertThat(Redaction.redact(version, redacted)).isEqualTo(redacted);
      assertThat(Erasable.merge(redacted, pdu.erasable())).isEqualTo(json);
      assertThat(EventSignatures.requiredServers(pdu)).isNotEmpty();
    }
  }

  @Provide
  static Arbitrary<String> versionIds() {
    return Arbitraries.of(RoomVersion.all()).map(RoomVersion::id);
  }

  @Provide
  static Arbitrary<ObjectNode> fields() {
    Arbitrary<JsonNode> values =
        Arbitraries.oneOf(
            RandomJson.values(2),
            RandomJson.objects(
                    RandomJson.values(1),
                    Arbitraries.of("membership", "third_party_invite", "signed", "users", "allow"))
                .map(JsonNode.class::cast),
            Arbitraries.of("m.room.member", "m.room.create", "m.room.power_levels", "@a:b", "")
                .map(TextNode::valueOf));
    return RandomJson.objects(
        values,
        Arbitraries.of(
            "type",
            "content",
            "state_key",
            "unsigned",
            "redacts",
            "depth",
            "prev_state",
            "x",
            "hashes",
            "signatures",
            "auth_events",
            "origin",
            "membership",
            "event_id"));
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void merge_ofWhatIsRemoved_isTheFullEvent(
      @ForAll("content") ObjectNode content, @ForAll("versionIds") String id) {
    RoomVersion version = RoomVersion.of(id).orElseThrow();
    for (String type : List.of("m.room.member", "m.room.create", "m.room.power_levels", "x")) {
      ObjectNode event = wellFormed().put("type", type);
      event.set("content", content);
      event.set("unsigned", content);
      ObjectNode redacted = Redaction.redact(version, event);
      assertThat(Erasable.merge(redacted, Erasable.removed(event, redacted))).isEqualTo(event);
      assertThat(EventHashes.referenceHash(version, event))
          .isEqualTo(EventHashes.referenceHash(version, redacted));
    }
  }

  @Provide
  static Arbitrary<ObjectNode> content() {
    return RandomJson.objects(
        RandomJson.values(2),
        Arbitraries.of("membership", "third_party_invite", "creator", "users", "ban", "x", "y"));
  }
}
