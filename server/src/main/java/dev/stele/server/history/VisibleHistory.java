package dev.stele.server.history;

import dev.stele.server.event.KnownEvent;
import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.ManyRooms;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.StateRow;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What one user may see of one room: the room's visibility and the user's membership, over time,
 * less what is sent by users whom they ignore. Client-server API, "Room history visibility" and
 * "Ignoring Users". Immutable.
 */
public final class VisibleHistory {
  private static final long NOW = Long.MAX_VALUE - 1;
  private static final String WORLD_READABLE = "world_readable";
  private static final String SHARED = "shared";
  private static final String LEAVE = "leave";

  private final List<StateRow> memberships;
  private final List<StateRow> visibilities;
  private final Set<String> ignored;

  VisibleHistory(List<StateRow> memberships, List<StateRow> visibilities, Set<String> ignored) {
    this.memberships = List.copyOf(memberships);
    this.visibilities = List.copyOf(visibilities);
    this.ignored = Set.copyOf(ignored);
  }

  /**
   * What the user may see of the room; nothing at all if there is no such room. Whoever has
   * forgotten the room sees what somebody sees who was never there.
   */
  public static Future<VisibleHistory> of(Rooms rooms, String userId, String roomId) {
    return Future.all(
            rooms.stateHistory(roomId, "m.room.member", userId),
            rooms.stateHistory(roomId, "m.room.history_visibility", ""),
            rooms.membership(userId, roomId),
            rooms.ignoredBy(userId))
        .map(
            all -> {
              Optional<MembershipRow> now = all.resultAt(2);
              boolean forgotten = now.map(MembershipRow::forgotten).orElse(false);
              return new VisibleHistory(
                  forgotten ? List.of() : all.resultAt(0), all.resultAt(1), all.resultAt(3));
            });
  }

  /** As {@link #of(Rooms, String, String)}, of many rooms at once, by room. */
  public static Future<Map<String, VisibleHistory>> of(
      Rooms rooms, String userId, Collection<String> roomIds) {
    ManyRooms many = rooms.many();
    return Future.all(
            many.stateHistories(roomIds, "m.room.member", userId),
            many.stateHistories(roomIds, "m.room.history_visibility", ""),
            many.forgotten(roomIds, userId),
            rooms.ignoredBy(userId))
        .map(
            all -> {
              Map<String, List<StateRow>> memberships = all.resultAt(0);
              Map<String, List<StateRow>> visibilities = all.resultAt(1);
              Set<String> forgotten = all.resultAt(2);
              Map<String, VisibleHistory> histories = new HashMap<>();
              for (String room : roomIds) {
                histories.put(
                    room,
                    new VisibleHistory(
                        forgotten.contains(room)
                            ? List.of()
                            : memberships.getOrDefault(room, List.of()),
                        visibilities.getOrDefault(room, List.of()),
                        all.resultAt(3)));
              }
              return histories;
            });
  }

  /** Whether the user may see an event, and wants to. */
  public boolean canSee(EventRow event) {
    return reaches(event.position()) && !ignores(event);
  }

  /** Whether the user may see an event, and wants to. */
  public boolean canSee(KnownEvent event) {
    return reaches(event.position())
        && (event.pdu().isState() || !ignored.contains(event.pdu().sender()));
  }

  /** Whether the user sees none of this event because of who sent it. State is always shown. */
  public boolean ignores(EventRow event) {
    return !event.isState() && ignored.contains(event.sender());
  }

  /**
   * Whether the room lets the user see the event at a position, whoever sent it. An event that
   * changes the room's visibility or the user's membership is seen if what it ends or what it
   * begins allows it.
   */
  public boolean reaches(long position) {
    return allows(position, position) || allows(position, position - 1);
  }

  /** The user's membership now; {@code leave} if they never had one. */
  public String membership() {
    return membershipAt(NOW);
  }

  /** Whether the user was in the room at a position. */
  public boolean joinedAt(long position) {
    return membershipAt(position).equals("join");
  }

  /** Whether the user is in the room now. */
  public boolean joined() {
    return membership().equals("join");
  }

  /** The position at which the user last went from the room, up to a position, if they ever did. */
  public OptionalLong departedBy(long position) {
    return memberships.stream()
        .filter(row -> "join".equals(row.value()) && row.until() <= position)
        .mapToLong(StateRow::until)
        .max();
  }

  /** Whether the user may read the room as it is now: for being in it, or because all may. */
  public boolean readsPresent() {
    return joined() || visibilityAt(NOW).equals(WORLD_READABLE);
  }

  /**
   * The position as of which the user may read the room's state: beyond all for a member, that of
   * the departure for whoever has left; empty for all others. In a room that the world may read
   * everybody reads the present.
   */
  public OptionalLong stateReadableAt() {
    if (readsPresent()) {
      return OptionalLong.of(NOW);
    }
    return memberships.stream()
        .filter(row -> "join".equals(row.value()))
        .mapToLong(StateRow::until)
        .max();
  }

  /** Whether the room lets the user see all of it, so that nothing has to be checked one by one. */
  public boolean reachesEverything() {
    return joined()
        && visibilities.stream()
            .noneMatch(row -> "invited".equals(row.value()) || "joined".equals(row.value()));
  }

  /** Whom the user ignores. */
  public Set<String> ignored() {
    return ignored;
  }

  /**
   * Whether the user may read the room's state at a position. Just before a change of their own
   * membership it is enough that they see that change, which tells as much.
   */
  public boolean readsStateAt(long position) {
    return reaches(position) || reaches(position + 1);
  }

  /** A position before which the user can see nothing. */
  public long firstPosition() {
    return nextReached(1, true).orElse(NOW);
  }

  /** The first position from this one on, or back from it, that the room lets the user see. */
  public OptionalLong nextReached(long position, boolean forwards) {
    LongStream changes =
        Stream.concat(memberships.stream(), visibilities.stream())
            .flatMapToLong(row -> LongStream.of(row.since() - 1, row.since(), row.since() + 1));
    LongStream candidates =
        LongStream.concat(LongStream.of(position), changes)
            .filter(at -> forwards ? at >= position : at <= position)
            .filter(this::reaches);
    return forwards ? candidates.min() : candidates.max();
  }

  /** A position after which the user can see nothing; beyond all if there is no such limit. */
  public long lastPosition() {
    long member = lastHeld(memberships, Set.of("join", "invite"));
    long anybody = lastHeld(visibilities, Set.of(WORLD_READABLE));
    return Math.min(Math.max(member, anybody), NOW);
  }

  /** The position up to which one of these values held at last; 0 if they never did. */
  private static long lastHeld(List<StateRow> rows, Set<String> values) {
    return rows.stream()
        .filter(row -> row.value() != null && values.contains(row.value()))
        .mapToLong(StateRow::until)
        .max()
        .orElse(0);
  }

  private boolean allows(long position, long asOf) {
    String membership = membershipAt(asOf);
    if (membership.equals("join")) {
      return true;
    }
    return switch (visibilityAt(asOf)) {
      case WORLD_READABLE -> true;
      // Whoever was only ever invited sees nothing: events are for those who have joined.
      case "invited" -> membership.equals("invite") && joinedAfter(position);
      case "joined" -> false;
      default -> joinedAfter(position);
    };
  }

  /** Whether the user joined the room at any time after a position. */
  public boolean joinedAfter(long position) {
    return memberships.stream()
        .anyMatch(row -> "join".equals(row.value()) && row.since() > position);
  }

  private String membershipAt(long position) {
    return valueAt(memberships, position, LEAVE);
  }

  private String visibilityAt(long position) {
    return valueAt(visibilities, position, SHARED);
  }

  private static String valueAt(List<StateRow> rows, long position, String otherwise) {
    for (StateRow row : rows) {
      String value = row.value();
      if (row.since() <= position && position < row.until() && value != null) {
        return value;
      }
    }
    return otherwise;
  }
}
