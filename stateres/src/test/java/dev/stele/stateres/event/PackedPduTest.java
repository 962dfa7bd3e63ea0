package dev.stele.stateres.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.json.CanonicalJson;
import dev.stele.stateres.json.RandomJson;
import dev.stele.stateres.json.StrictJson;
import dev.stele.stateres.sign.SigningKey;
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
import org.junit.jupiter.params.provider.MethodSource;

final class PackedPduTest {
  private static final SigningKey KEY = SigningKey.ofSeed("k", new byte[32]);

  static Iterable<RoomVersion> versions() {
    return RoomVersion.all();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void pack_messageMadeHere_isAsBefore(RoomVersion version) {
    ObjectNode content = StrictJson.parseObject("{\"body\":\"h\u00e9\",\"n\":{\"a\":[1]}}");
    assertPacksAsItWas(event(version, "m.room.message", content));
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void pack_eventOfAnybody_isAsBefore(
      @ForAll("content") ObjectNode content, @ForAll("content") ObjectNode unsigned) {
    for (String type : List.of("m.room.member", "m.room.power_levels", "x")) {
      ObjectNode json = event(RoomVersion.V12, type, content).json().deepCopy();
      if (!unsigned.isEmpty()) {
        json.set("unsigned", unsigned);
      }
      assertPacksAsItWas(Pdu.parse(RoomVersion.V12, json).orThrow());
    }
  }

  @Test
  void pack_asDeepAsEventsMayBe_isAsBefore() {
    int around = 2;
    int most = StrictJson.MAX_DEPTH - around;
    ObjectNode content =
        StrictJson.parseObject("{\"a\":" + "[".repeat(most) + "]".repeat(most) + "}");
    assertPacksAsItWas(event(RoomVersion.V12, EventType.CREATE, content));
  }

  private static Pdu event(RoomVersion version, String type, ObjectNode content) {
    boolean create = type.equals(EventType.CREATE);
    return new PduBuilder(version, type, "@a:a.org")
        .roomId(create ? null : version.roomIdIsCreateHash() ? "!" + "r".repeat(43) : "!r:a.org")
        .stateKey(create ? "" : null)
        .content(content)
        .prevEvents(List.of("$" + "a".repeat(43)), id -> "h")
        .depth(9)
        .originServerTs(1_700_000_000_000L)
        .build("a.org", KEY)
        .orThrow();
  }

  /** Whatever an event answers, it answers when it is packed, and when it is packed again. */
  private static void assertPacksAsItWas(Pdu pdu) {
    String json = canonical(pdu);
    String redacted = pdu.redactedCanonical();
    String hash = pdu.referenceHash();
    boolean valid = pdu.hasValidContentHash();
    boolean contentIsAll = pdu.isContentAllThatIsErasable();
    ObjectNode erasable = pdu.erasable();
    for (int i = 0; i < 2; i++) {
      pdu.pack();
      assertThat(canonical(pdu)).isEqualTo(json);
      assertThat(pdu.redactedCanonical()).isEqualTo(redacted);
      assertThat(pdu.referenceHash()).isEqualTo(hash);
      assertThat(pdu.hasValidContentHash()).isEqualTo(valid);
      assertThat(pdu.isContentAllThatIsErasable()).isEqualTo(contentIsAll);
      assertThat(pdu.erasable()).isEqualTo(erasable);
    }
  }

  private static String canonical(Pdu pdu) {
    return CanonicalJson.encodeToString(pdu.json(), EventHashes.numbersOf(pdu.version()));
  }

  @Provide
  static Arbitrary<ObjectNode> content() {
    return RandomJson.objects(
        RandomJson.values(2),
        Arbitraries.of("membership", "third_party_invite", "users", "ban", "x", "y"));
  }
}
