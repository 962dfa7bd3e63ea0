package dev.stele.server.room;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.record.Entry;
import dev.stele.server.record.RoomEvent;
import dev.stele.stateres.auth.AuthEventTypes;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.PduBuilder;
import dev.stele.stateres.json.StrictJson;
import dev.stele.stateres.sign.SigningKey;
import dev.stele.stateres.version.RoomVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class LogAuditTest {
  private static final String ALICE = "@alice:test";
  private static final String BOB = "@bob:test";
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

  @Test
  void check_eventsMadeAtTheSameTime_areFine() {
    Room room = new Room();
    Pdu said = room.event(ALICE, "m.room.message", null, "{\"body\":\"a\"}", room.last());
    Pdu joined = room.member(BOB, BOB, "join", room.last());
    Pdu both = room.event(BOB, "m.room.message", null, "{\"body\":\"b\"}", said, joined);

    assertThat(problems(room.with(said, joined, both))).isEmpty();
  }

  @Test
  void check_branchesDisagree_resolvesTheirStates() {
    Room room = new Room();
    Pdu joined = room.member(BOB, BOB, "join", room.last());
    Pdu banned = room.member(ALICE, BOB, "ban", room.last());
    Pdu both = room.event(BOB, "m.room.message", null, "{\"body\":\"b\"}", joined, banned);

    assertThat(problems(room.with(joined, banned, both)))
        .singleElement()
        .asString()
        .contains(both.eventId())
        .contains("it is not allowed");
  }

  @Test
  void check_branchWithoutTheJoin_allowsNothingThere() {
    Room room = new Room();
    Pdu joined = room.member(BOB, BOB, "join", room.last());
    Pdu said = room.event(BOB, "m.room.message", null, "{\"body\":\"b\"}", room.last());

    assertThat(problems(room.with(joined, said)))
        .singleElement()
        .asString()
        .contains(said.eventId())
        .contains("it is not allowed");
  }

  @Test
  void check_eventBeforeItIsMissing_isNamed() {
    Room room = new Room();
    Pdu missing = room.event(ALICE, "m.room.message", null, "{\"body\":\"a\"}", room.last());
    Pdu said = room.event(ALICE, "m.room.message", null, "{\"body\":\"b\"}", missing);

    assertThat(problems(room.with(said)))
        .singleElement()
        .asString()
        .contains(said.eventId())
        .contains("does not follow the events before it");
  }

  @Test
  void check_secondBeginning_isNamed() {
    Room room = new Room();
    Pdu again = room.event(ALICE, "m.room.message", null, "{\"body\":\"a\"}");

    assertThat(problems(room.with(again)))
        .singleElement()
        .asString()
        .contains("does not follow the events before it");
  }

  /** A public room of version 11, in which Alice is. */
  private static final class Room {
    private final List<Pdu> events = new ArrayList<>();
    private final Map<String, Pdu> auth = new LinkedHashMap<>();

    Room() {
      begin(event(ALICE, "m.room.create", "", "{\"room_version\":\"11\"}"));
      begin(member(ALICE, ALICE, "join", last()));
      begin(event(ALICE, "m.room.power_levels", "", "{\"users\":{\"@alice:test\":100}}", last()));
      begin(event(ALICE, "m.room.join_rules", "", "{\"join_rule\":\"public\"}", last()));
    }

    Pdu last() {
      return events.get(events.size() - 1);
    }

    List<Pdu> with(Pdu... more) {
      List<Pdu> all = new ArrayList<>(events);
      all.addAll(List.of(more));
      return all;
    }

    Pdu member(String sender, String user, String membership, Pdu... previous) {
      String content = "{\"membership\":\"" + membership + "\"}";
      return event(sender, "m.room.member", user, content, previous);
    }

    Pdu event(String sender, String type, String stateKey, String content, Pdu... previous) {
      ObjectNode json = StrictJson.parseObject(content);
      List<String> authEvents =
          AuthEventTypes.select(RoomVersion.V11, type, sender, stateKey, json).stream()
              .map(key -> auth.get(key.type() + key.stateKey()))
              .filter(Objects::nonNull)
              .map(Pdu::eventId)
              .toList();
      return new PduBuilder(RoomVersion.V11, type, sender)
          .roomId("!r:test")
          .stateKey(stateKey)
          .content(json)
          .prevEvents(Arrays.stream(previous).map(Pdu::eventId).toList())
          .authEvents(authEvents)
          .depth(events.size() + 1)
          .originServerTs(events.size() + 1)
          .build("test", KEY)
          .orThrow();
    }

    private void begin(Pdu pdu) {
      events.add(pdu);
      auth.put(pdu.type() + pdu.stateKey(), pdu);
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
    return problems(List.of(create, second));
  }

  private static List<String> problems(List<Pdu> pdus) {
    Map<String, Pdu> checked = new HashMap<>();
    LogAudit audit = new LogAudit("test", KEY.keyId(), KEY.verifier(), checked::get);
    for (Pdu pdu : pdus) {
      audit.check(entry(checked.size() + 1, pdu));
      checked.put(pdu.eventId(), pdu);
    }
    return audit.problems();
  }

  private static Entry entry(long position, Pdu pdu) {
    return new Entry(position, 0, new RoomEvent(pdu, null, null, null, false));
  }
}
