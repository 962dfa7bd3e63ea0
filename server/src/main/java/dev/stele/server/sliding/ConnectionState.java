package dev.stele.server.sliding;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client knows that has processed the answer to which this belongs.
 *
 * @param number counts the answers of the connection
 * @param position up to which position of the log the answer went
 * @param typing up to which count of typing notices
 * @param rooms what it has been sent of each room
 */
public record ConnectionState(
    long number, long position, long typing, Map<String, SentRoom> rooms) {
  /** Of a connection that begins. */
  public static final ConnectionState NEW = new ConnectionState(0, 0, 0, Map.of());

  public ConnectionState {
    rooms = Map.copyOf(rooms);
  }

  /** Whether nothing has been sent yet. */
  public boolean isNew() {
    return number == 0;
  }

  /** What it has been sent of a room, if anything. */
  public @Nullable SentRoom room(String roomId) {
    return rooms.get(roomId);
  }
}
