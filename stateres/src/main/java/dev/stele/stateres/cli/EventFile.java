package dev.stele.stateres.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.event.EventSource;
import dev.stele.stateres.event.EventType;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.PduResult;
import dev.stele.stateres.json.InvalidJson;
import dev.stele.stateres.json.StrictJson;
import dev.stele.stateres.version.EventIdFormat;
import dev.stele.stateres.version.RoomVersion;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events, one JSON object a line, in the file's order. An event that stands twice counts once. */
final class EventFile implements EventSource {
  private final RoomVersion version;
  private final String name;
  private final Map<String, Pdu> events = new LinkedHashMap<>();

  private EventFile(RoomVersion version, String name) {
    this.version = version;
    this.name = name;
  }

  static EventFile read(Options options) {
    var file = new EventFile(options.roomVersion(), options.required("events"));
    file.readLines(options.files().read(file.name));
    return file;
  }

  private void readLines(byte[] bytes) {
    int line = 0;
    for (int start = 0; start < bytes.length; ) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      line++;
      if (!isBlank(bytes, start, end)) {
        add(name + ":" + line, Arrays.copyOfRange(bytes, start, end));
      }
      start = end + 1;
    }
  }

  private static boolean isBlank(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && (bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\r')) {
      i++;
    }
    return i == to;
  }

  private void add(String place, byte[] text) {
    Pdu event = event(place, text);
    Pdu known = events.putIfAbsent(event.eventId(), event);
    if (known != null && !known.json().equals(event.json())) {
      throw new BadInput(place + ": another event has the id " + event.eventId());
    }
  }

  private Pdu event(String place, byte[] text) {
    ObjectNode json;
    try {
      json = StrictJson.parseObject(text);
    } catch (InvalidJson e) {
      throw new BadInput(place + ": " + e.getMessage());
    }
    PduResult read = Pdu.named(version, idOf(place, json), json);
    if (read instanceof PduResult.Refused refused) {
      throw new BadInput(place + ": no event of " + version + ": " + refused.message());
    }
    return read.orThrow();
  }

  /** The id beside the event, taken off where the version's events carry none; null if absent. */
  private @Nullable String idOf(String place, ObjectNode json) {
    JsonNode id = json.get("event_id");
    if (id == null) {
      return null;
    }
    if (!id.isTextual() || id.textValue().isEmpty()) {
      throw new BadInput(place + ": event_id is no string");
    }
    if (version.eventIdFormat() != EventIdFormat.GIVEN) {
      json.remove("event_id");
    }
    return id.textValue();
  }

  Collection<Pdu> all() {
    return events.values();
  }

  @Override
  public @Nullable Pdu get(String eventId) {
    return events.get(eventId);
  }

  /** The event; bad input when the file lacks it. */
  Pdu require(String eventId, String wantedBy) {
    Pdu event = events.get(eventId);
    if (event == null) {
      throw new BadInput(wantedBy + " names " + eventId + ", which is not in " + name);
    }
    return event;
  }

  /** The id of the create event that a room id of version 12 implies; null for others. */
  @Nullable String impliedCreate(Pdu event) {
    boolean implied = version.roomIdIsCreateHash() && !event.type().equals(EventType.CREATE);
    return implied ? "$" + event.roomId().substring(1) : null;
  }
}
