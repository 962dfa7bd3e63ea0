package dev.stele.stateres.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.auth.AuthEventTypes;
import dev.stele.stateres.auth.AuthRules;
import dev.stele.stateres.auth.AuthState;
import dev.stele.stateres.auth.ReceiptChecks;
import dev.stele.stateres.dag.Edges;
import dev.stele.stateres.dag.EventDag;
import dev.stele.stateres.event.Erasable;
import dev.stele.stateres.event.EventHashes;
import dev.stele.stateres.event.EventSignatures;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.PduResult;
import dev.stele.stateres.event.Redaction;
import dev.stele.stateres.json.CanonicalJson;
import dev.stele.stateres.json.InvalidJson;
import dev.stele.stateres.json.StrictJson;
import dev.stele.stateres.resolve.AuthChains;
import dev.stele.stateres.resolve.StateMap;
import dev.stele.stateres.resolve.StateResolver;
import dev.stele.stateres.version.RoomVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What must hold of any bytes at all: a typed refusal or a sound answer, and no other exception.
 * What calls these looks for bytes that break them.
 */
final class FuzzTargets {
  private static final List<RoomVersion> VERSIONS = List.copyOf(RoomVersion.all());
  private static final int STATES = 3;

  private FuzzTargets() {}

  /** The bytes are an event from another server. */
  static void parse(byte[] bytes) {
    ObjectNode json = object(bytes);
    for (RoomVersion version : json == null ? List.<RoomVersion>of() : VERSIONS) {
      if (Pdu.parse(version, json.deepCopy()) instanceof PduResult.Valid valid) {
        Pdu pdu = valid.pdu();
        byte[] again = CanonicalJson.encode(pdu.json(), EventHashes.numbersOf(version));
        PduResult read = Pdu.parse(version, StrictJson.parseObject(again));
        assertThat(read.orThrow().eventId()).isEqualTo(pdu.eventId());
        assertThat(Erasable.merge(pdu.redactedJson(), pdu.erasable())).isEqualTo(json);
        assertThat(EventSignatures.check(pdu, (server, id) -> null)).isNotNull();
        assertThat(ReceiptChecks.checkAlone(pdu, (server, id) -> null, id -> null)).isNotNull();
      }
    }
  }

  /** The bytes are an event to be redacted. */
  static void redact(byte[] bytes) {
    ObjectNode json = object(bytes);
    for (RoomVersion version : json == null ? List.<RoomVersion>of() : VERSIONS) {
      ObjectNode redacted = Redaction.redact(version, json);
      assertThat(Redaction.redact(version, redacted)).isEqualTo(redacted);
      try {
        assertThat(EventHashes.referenceHash(version, json))
            .isEqualTo(EventHashes.referenceHash(version, redacted));
      } catch (InvalidJson refused) {
        assertThat(refused.reason()).isNotNull();
      }
    }
  }

  /** The bytes are a room: its version in the first, then events as lines. */
  static void auth(byte[] bytes) {
    EventDag room = room(bytes);
    StateMap<String> state = StateMap.empty();
    for (String id : room.ids()) {
      Pdu event = room.get(id);
      StateMap<String> before = state;
      AuthState events =
          key -> {
            String found = before.get(key);
            return found == null ? null : room.get(found);
          };
      assertThat(AuthRules.checkAgainstAuthEvents(event, room)).isNotNull();
      assertThat(AuthEventTypes.select(event)).isNotNull();
      if (AuthRules.check(event, events).isAllowed() && event.isState()) {
        state = state.put(event.key(), id);
      }
    }
  }

  /** The bytes are a room, as for {@link #auth}; its events are spread over some states. */
  static void resolve(byte[] bytes) {
    EventDag room = room(bytes);
    for (Edges edges : Edges.values()) {
      var order = room.order(edges);
      assertThat(order.events().size() + order.cyclic().size()).isEqualTo(room.ids().size());
    }
    var states = new ArrayList<StateMap<String>>();
    for (int i = 0; i < STATES; i++) {
      states.add(StateMap.empty());
    }
    int at = 0;
    for (String id : room.ids()) {
      Pdu event = room.get(id);
      // All share what comes first; then the states go their own ways.
      for (int i = 0; i < STATES; i++) {
        if (event.isState() && (at < 6 || at % STATES == i)) {
          states.set(i, states.get(i).put(event.key(), id));
        }
      }
      at++;
    }
    for (RoomVersion version : at == 0 ? List.<RoomVersion>of() : List.of(versionOf(bytes))) {
      StateMap<String> resolved = StateResolver.resolve(version, states, room);
      resolved.forEach((key, id) -> assertThat(room.get(id).key()).isEqualTo(key));
      Collections.reverse(states);
      assertThat(StateResolver.resolve(version, states, room)).isEqualTo(resolved);
      assertThat(AuthChains.difference(List.of(room.ids()), room)).isEmpty();
    }
  }

  private static ObjectNode object(byte[] bytes) {
    try {
      return StrictJson.parse(bytes) instanceof ObjectNode object ? object : null;
    } catch (InvalidJson refused) {
      return null;
    }
  }

  private static RoomVersion versionOf(byte[] bytes) {
    return VERSIONS.get(Math.floorMod(bytes[0], VERSIONS.size()));
  }

  private static EventDag room(byte[] bytes) {
    Map<String, Pdu> events = new LinkedHashMap<>();
    String text =
        bytes.length == 0 ? "" : new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8);
    for (String line : text.split("\n")) {
      ObjectNode json = object(line.getBytes(StandardCharsets.UTF_8));
      JsonNode id = json == null ? null : json.get("event_id");
      if (id != null && id.isTextual()) {
        PduResult read = Pdu.named(versionOf(bytes), id.textValue(), json);
        if (read instanceof PduResult.Valid valid) {
          events.put(id.textValue(), valid.pdu());
        }
      }
    }
    return EventDag.of(events.values());
  }
}
