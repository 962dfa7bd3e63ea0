package dev.stele.server.directory;

import dev.stele.server.projection.RoomSummaries;
import dev.stele.server.projection.RoomSummary;
import dev.stele.stateres.version.RoomVersion;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may know what a room looks like: its members, whoever may join it or ask to, and everybody if
 * the world may read it. Client-server API, "Discovering rooms within spaces" and {@code
 * room_summary}. Thread-safe.
 */
public final class RoomPreviews {
  private static final String LEAVE = "leave";

  private final RoomSummaries rooms;

  public RoomPreviews(RoomSummaries rooms) {
    this.rooms = rooms;
  }

  /** The room, if it exists and the user may know of it. */
  public Future<Optional<RoomPreview>> of(@Nullable String userId, String roomId) {
    return of(userId, List.of(roomId)).map(found -> Optional.ofNullable(found.get(roomId)));
  }

  /**
   * Those of the rooms that exist and that the user may know of, by room id.
   *
   * @param userId who asks; null if nobody knows
   */
  public Future<Map<String, RoomPreview>> of(@Nullable String userId, Collection<String> roomIds) {
    return rooms
        .of(roomIds)
        .compose(
            found ->
                userId == null
                    ? Future.succeededFuture(previews(found, null))
                    : rooms
                        .memberships(userId, concerned(found))
                        .map(memberships -> previews(found, memberships)));
  }

  /** The rooms that count: those themselves, and those whose members they let in. */
  private static Set<String> concerned(Map<String, RoomSummary> found) {
    Set<String> rooms = new HashSet<>(found.keySet());
    found.values().forEach(room -> rooms.addAll(room.access().allowedRooms()));
    return rooms;
  }

  private static Map<String, RoomPreview> previews(
      Map<String, RoomSummary> found, @Nullable Map<String, String> memberships) {
    Map<String, RoomPreview> previews = new HashMap<>();
    found.forEach(
        (roomId, room) -> {
          if (memberships == null) {
            if (isOpenToStrangers(room)) {
              previews.put(roomId, new RoomPreview(room, null));
            }
          } else if (isOpenTo(room, memberships)) {
            String membership = memberships.getOrDefault(roomId, LEAVE);
            previews.put(roomId, new RoomPreview(room, membership));
          }
        });
    return previews;
  }

  private static boolean isOpenTo(RoomSummary room, Map<String, String> memberships) {
    String membership = memberships.getOrDefault(room.roomId(), LEAVE);
    return switch (membership) {
      case "join", "invite" -> true;
      case "ban" -> room.access().worldReadable();
      default ->
          isOpenToStrangers(room)
              || (rules(room).restrictedJoins()
                  && room.access().allowedRooms().stream()
                      .anyMatch(allowed -> "join".equals(memberships.get(allowed))));
    };
  }

  private static boolean isOpenToStrangers(RoomSummary room) {
    return room.access().worldReadable()
        || switch (room.access().joinRule()) {
          case "public" -> true;
          case "knock" -> rules(room).knocking();
          case "knock_restricted" -> rules(room).knockRestricted();
          default -> false;
        };
  }

  private static RoomVersion rules(RoomSummary room) {
    return RoomVersion.of(room.nature().version()).orElseThrow();
  }
}
