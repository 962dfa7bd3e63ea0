package dev.stele.server.filter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filter of {@code /sync}.
 *
 * @param room what to include of rooms
 * @param presence presence updates to include
 * @param accountData global account data to include
 * @param eventFields the fields of events to include; null for all
 * @param eventFormat the format of events
 */
public record Filter(
    RoomFilter room,
    EventFilter presence,
    EventFilter accountData,
    @Nullable EventFields eventFields,
    EventFormat eventFormat) {
  /** What applies when a client names no filter. */
  public static final Filter NONE =
      new Filter(RoomFilter.ALL, EventFilter.ALL, EventFilter.ALL, null, EventFormat.CLIENT);

  /** The formats that events can be shown in. */
  public enum EventFormat {
    CLIENT,
    FEDERATION
  }

  /**
   * Reads a filter.
   *
   * @throws InvalidFilter if it is none
   */
  public static Filter parse(ObjectNode json) {
    FilterReader reader = new FilterReader(json);
    return new Filter(
        RoomFilter.read(reader.object("room")),
        EventFilter.read(reader.object("presence")),
        EventFilter.read(reader.object("account_data")),
        fields(reader.names("event_fields", "")),
        format(reader));
  }

  private static @Nullable EventFields fields(@Nullable List<String> paths) {
    return paths == null ? null : EventFields.parse(paths);
  }

  private static EventFormat format(FilterReader reader) {
    String format = reader.string("event_format");
    if (format == null) {
      return EventFormat.CLIENT;
    }
    return switch (format) {
      case "client" -> EventFormat.CLIENT;
      case "federation" -> EventFormat.FEDERATION;
      default -> throw reader.wrong("event_format", "client or federation");
    };
  }
}
