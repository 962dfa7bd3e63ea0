package dev.stele.stateres.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.RandomRoom;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.json.StrictJson;
import dev.stele.stateres.version.RoomVersion;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Valid events and rooms, and what hostile hands make of them. The same seed gives the same. */
final class Mutations {
  private static final String[] ODD = {
    "null",
    "true",
    "[]",
    "{}",
    "\"\"",
    "0",
    "-1",
    "-0",
    "1.0",
    "1e3",
    "1e400",
    "0.5",
    "9007199254740991",
    "9007199254740992",
    "-9007199254740992",
    "9223372036854775808",
    "123456789012345678901234567890",
    "\"50\"",
    "\" +050 \"",
    "\"-9999999999999999999\"",
    "\"\\ud800\"",
    "\"\\u0000\"",
    "\"@\"",
    "\"@:\"",
    "\"@a:b:c\"",
    "\"!x\"",
    "\"$x\"",
    "[[]]",
    "[[\"$x\"]]",
    "[null]",
    "{\"\":{}}",
    "\"join\"",
    "\"ban\"",
    "\"knock\"",
    "\"leave\"",
    "\"invite\"",
    "\"m.room.create\"",
    "\"m.room.member\"",
    "\"m.room.power_levels\"",
    "\"m.room.join_rules\"",
    "\"m.room.redaction\"",
    "\"m.room.aliases\"",
    "\"m.room.third_party_invite\"",
    "\"restricted\"",
    "\"knock_restricted\"",
    "\"public\"",
    "\"@alice:a.org\"",
    "\"@bob:b.org\"",
    "{\"signed\":{\"mxid\":\"@bob:b.org\",\"token\":\"t\",\"signatures\":{\"a\":{\"ed25519:1\":\"AA\"}}}}",
    "{\"@alice:a.org\":100}",
    "{\"@alice:a.org\":\"x\"}",
    "{\"nobody\":1}",
  };
  private static final String[] NAMES = {
    "state_key",
    "membership",
    "users",
    "events",
    "notifications",
    "third_party_invite",
    "creator",
    "additional_creators",
    "room_version",
    "join_authorised_via_users_server",
    "redacts",
    "unsigned",
    "m.federate",
    "join_rule",
    "allow",
    "users_default",
    "invite",
    "public_keys",
    "public_key",
    "event_id",
    "hashes",
    "signatures",
    "prev_state",
  };

  private final Random random;

  Mutations(long seed) {
    this.random = new Random(seed);
  }

  /** A room as {@link FuzzTargets#auth} reads it. */
  static byte[] room(long seed) {
    return new Mutations(seed).room();
  }

  private byte[] room() {
    int version = random.nextInt(RoomVersion.all().size());
    List<ObjectNode> events = events(version);
    int changes = random.nextInt(6);
    for (int i = 0; i < changes; i++) {
      ObjectNode event = events.get(random.nextInt(events.size()));
      if (random.nextInt(3) == 0) {
        rewire(event, events);
      } else {
        change(event);
      }
    }
    var lines = new ArrayList<String>();
    events.forEach(event -> lines.add(event.toString()));
    return ((char) version + String.join("\n", lines)).getBytes(StandardCharsets.UTF_8);
  }

  private List<ObjectNode> events(int version) {
    RoomVersion rules = List.copyOf(RoomVersion.all()).get(version);
    var room = new RandomRoom(rules, random.nextLong(), 15, 3).room();
    var events = new ArrayList<ObjectNode>();
    for (Pdu event : room.all()) {
      events.add(event.json().deepCopy().put("event_id", event.eventId()));
    }
    return events;
  }

  /** An event from a server, changed. */
  static byte[] event(long seed) {
    return new Mutations(seed).event();
  }

  private byte[] event() {
    List<ObjectNode> events = events(random.nextInt(RoomVersion.all().size()));
    ObjectNode event = events.get(random.nextInt(events.size()));
    event.put("room_id", random.nextBoolean() ? "!r:a.org" : "!" + "r".repeat(43));
    event.putObject("signatures").putObject("a.org").put("ed25519:1", "AAAA");
    int changes = random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      change(event);
    }
    byte[] text = event.toString().getBytes(StandardCharsets.UTF_8);
    return random.nextInt(4) == 0 ? garbled(text) : text;
  }

  /** Points an event at others, or at itself. */
  private void rewire(ObjectNode event, List<ObjectNode> events) {
    ArrayNode references = event.putArray(random.nextBoolean() ? "auth_events" : "prev_events");
    boolean pairs = !event.path("event_id").asText().matches("\\$[^:]*");
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      String id = events.get(random.nextInt(events.size())).path("event_id").asText();
      if (pairs) {
        references.addArray().add(id).addObject();
      } else {
        references.add(id);
      }
    }
  }

  /** Sets, replaces or removes something at some depth. */
  private void change(ObjectNode event) {
    ObjectNode at = event;
    while (random.nextInt(3) > 0) {
      var inner = new ArrayList<ObjectNode>();
      for (JsonNode value : at) {
        if (value instanceof ObjectNode object) {
          inner.add(object);
        }
      }
      if (inner.isEmpty()) {
        break;
      }
      at = inner.get(random.nextInt(inner.size()));
    }
    var names = new ArrayList<String>(Arrays.asList(NAMES));
    at.fieldNames().forEachRemaining(names::add);
    String name = names.get(random.nextInt(names.size()));
    if (random.nextInt(5) == 0) {
      at.remove(name);
    } else {
      at.set(name, odd());
    }
  }

  private JsonNode odd() {
    if (random.nextInt(30) == 0) {
      return StrictJson.parse("[".repeat(400) + "]".repeat(400));
    }
    if (random.nextInt(30) == 0) {
      return StrictJson.parse("\"" + "x".repeat(random.nextInt(70_000)) + "\"");
    }
    String text = ODD[random.nextInt(ODD.length)];
    return StrictJson.parse(text.equals("1e400") ? "1e300" : text);
  }

  private byte[] garbled(byte[] text) {
    var out = new ByteArrayOutputStream();
    int from = random.nextInt(text.length);
    int to = Math.min(text.length, from + random.nextInt(8));
    out.write(text, 0, from);
    byte[] put = ODD[random.nextInt(ODD.length)].getBytes(StandardCharsets.UTF_8);
    out.write(put, 0, random.nextInt(put.length + 1));
    out.write(text, to, text.length - to);
    return out.toByteArray();
  }
}
