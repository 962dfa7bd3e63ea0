package dev.stele.server.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.record.Entry;
import dev.stele.server.record.RoomEvent;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.PduBuilder;
import dev.stele.stateres.json.StrictJson;
import dev.stele.stateres.sign.SigningKey;
import dev.stele.stateres.version.RoomVersion;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class LogAuditTest {
  private static final String ALICE = "@alice:test";
  private static final SigningKey KEY = SigningKey.generate("a");

  private final Pdu create =
      event("m.room.create", "", "{\"creator\":\"@alice:test\"}")
          .depth(1)
          .build("test", KEY)
          .orThrow();

  @Test
  void check_trueReferenceHashes_areFine() {
    assertThat(problems(join(id -> create.referenceHash(), id -> create.referenceHash())))
        .isEmpty();
  }

  @Test
  void check_wrongReferenceHash_isNamed() {
    for (Pdu wrong :
        List.of(
            join(id -> "else", id -> create.referenceHash()),
            join(id -> create.referenceHash(), id -> "else"))) {
      assertThat(problems(wrong))
          .singleElement()
          .asString()
          .contains(wrong.eventId())
          .contains("by a hash that is not that event's");
    }
  }

  private Pdu join(UnaryOperator<String> hashBefore, UnaryOperator<String> hashOfAuth) {
    return event("m.room.member", ALICE, "{\"membership\":\"join\"}")
        .prevEvents(List.of(create.eventId()), hashBefore)
        .authEvents(List.of(create.eventId()), hashOfAuth)
        .depth(2)
        .build("test", KEY)
        .orThrow();
  }

  private static PduBuilder event(String type, String stateKey, String content) {
    return new PduBuilder(RoomVersion.V1, type, ALICE)
        .roomId("!r:test")
        .stateKey(stateKey)
        .content(StrictJson.parseObject(content));
  }

  private List<String> problems(Pdu second) {
    LogAudit audit = new LogAudit("test", KEY.keyId(), KEY.verifier());
    audit.check(entry(1, create));
    audit.check(entry(2, second));
    return audit.problems();
  }

  private static Entry entry(long position, Pdu pdu) {
    return new Entry(position, 0, new RoomEvent(pdu, null, null, null, false));
  }
}
