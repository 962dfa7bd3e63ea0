package dev.stele.server.sync;

import dev.stele.server.projection.MembershipRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user who polls on an event loop: where they are a member, and their waiting polls. Belongs to
 * that event loop.
 */
final class ActiveUser {
  private final String userId;
  private final Map<String, MembershipRow> rooms = new HashMap<>();
  private final List<Waiter> waiters = new ArrayList<>(1);
  private Set<String> ignored;
  private @Nullable UserMarks marks;
  private boolean blocksInvites;

  ActiveUser(String userId, Collection<MembershipRow> memberships, Set<String> ignored) {
    this.userId = userId;
    this.ignored = Set.copyOf(ignored);
    memberships.forEach(row -> rooms.put(row.roomId(), row));
  }

  String userId() {
    return userId;
  }

  /** All rooms that the user has a membership of. */
  Collection<MembershipRow> rooms() {
    return rooms.values();
  }

  @Nullable MembershipRow in(String roomId) {
    return rooms.get(roomId);
  }

  /** Whether the user is in a room. */
  boolean isIn(String roomId) {
    MembershipRow row = rooms.get(roomId);
    return row != null && row.membership().equals("join");
  }

  /** Takes a newer membership; one that is known already, or older, changes nothing. */
  boolean update(MembershipRow row) {
    MembershipRow known = rooms.get(row.roomId());
    if (known != null && known.position() >= row.position()) {
      return false;
    }
    rooms.put(row.roomId(), row);
    return true;
  }

  void forget(String roomId, long position) {
    MembershipRow known = rooms.get(roomId);
    if (known != null && known.position() < position && hasLeft(known)) {
      rooms.put(
          roomId,
          new MembershipRow(
              known.userId(),
              roomId,
              known.membership(),
              known.position(),
              known.eventId(),
              known.sender(),
              true));
    }
  }

  private static boolean hasLeft(MembershipRow row) {
    return row.membership().equals("leave") || row.membership().equals("ban");
  }

  /** Whether the user ignores somebody. */
  boolean ignores(String other) {
    return ignored.contains(other);
  }

  /** From now on the user ignores these. */
  void ignore(Set<String> others) {
    ignored = Set.copyOf(others);
  }

  /** How the user has marked rooms; null until somebody needs it. */
  @Nullable UserMarks marks() {
    return marks;
  }

  void mark(UserMarks loaded) {
    marks = loaded;
  }

  /** Whether a membership is an invite that the user is not to be told of. */
  boolean refuses(MembershipRow row) {
    return row.membership().equals("invite") && (blocksInvites || ignores(row.sender()));
  }

  /** From now on the user wants invites, or wants none. */
  void blockInvites(boolean blocks) {
    blocksInvites = blocks;
  }

  List<Waiter> waiters() {
    return waiters;
  }
}
