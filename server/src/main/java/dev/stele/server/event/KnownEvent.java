package dev.stele.server.event;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.record.RoomEvent;
import dev.stele.stateres.event.Pdu;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A committed event with its place in the log. Keeps its encoded form once somebody has asked for
 * it. Immutable but for that, and safe to share.
 */
public final class KnownEvent {
  private final RoomEvent event;
  private final long position;
  private volatile @Nullable SerializedString members;

  public KnownEvent(RoomEvent event, long position) {
    this.event = event;
    this.position = position;
  }

  /** What the log says. */
  public RoomEvent event() {
    return event;
  }

  /** The event itself. */
  public Pdu pdu() {
    return event.pdu();
  }

  /** The event's id. */
  public String id() {
    return event.eventId();
  }

  /** The position of the event's record. */
  public long position() {
    return position;
  }

  /** About how many bytes of memory it takes. */
  public int weight() {
    return 4_000 + 4 * textSize(event.pdu().content());
  }

  private static int textSize(ObjectNode content) {
    int size = 0;
    for (JsonNode leaf : content) {
      size += leaf.isTextual() ? leaf.textValue().length() : 100 + 100 * leaf.size();
    }
    return size;
  }

  /** The event without its content; this one if it has lost it already. */
  KnownEvent redacted() {
    if (event.erased()) {
      return this;
    }
    return new KnownEvent(
        new RoomEvent(
            event.pdu().redactedPdu(),
            event.transaction(),
            event.redacts(),
            event.replaces(),
            true),
        position);
  }

  /**
   * The members that every viewer sees the same, as JSON without the braces around them: all of
   * Client-server API, "Room event format", but for {@code room_id} and {@code unsigned}.
   */
  SerializedString members() {
    SerializedString encoded = members;
    if (encoded == null) {
      encoded = new SerializedString(encode());
      members = encoded;
    }
    return encoded;
  }

  private String encode() {
    Pdu pdu = event.pdu();
    String content = content(pdu);
    StringBuilder json = new StringBuilder(content.length() + 256);
    json.append("\"content\":").append(content);
    append(json, "event_id", pdu.eventId());
    json.append(",\"origin_server_ts\":").append(pdu.originServerTs());
    append(json, "sender", pdu.sender());
    append(json, "state_key", pdu.stateKey());
    append(json, "type", pdu.type());
    append(json, "redacts", pdu.redacts());
    return json.toString();
  }

  private static void append(StringBuilder json, String name, @Nullable String value) {
    if (value != null) {
      json.append(",\"").append(name).append("\":\"");
      JsonStringEncoder.getInstance().quoteAsString(value, json);
      json.append('"');
    }
  }

  /** Redactions name their target in both places, whatever the room version. */
  private static String content(Pdu pdu) {
    if (pdu.redacts() == null || pdu.content().has("redacts")) {
      return pdu.contentJson();
    }
    ObjectNode both = pdu.content().deepCopy();
    both.put("redacts", Objects.requireNonNull(pdu.redacts()));
    return both.toString();
  }
}
