package dev.stele.server.sync;

import dev.stele.server.projection.DeviceLists;
import dev.stele.server.projection.DeviceLists.News;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.sync.RecentDeviceLists.Change;
import dev.stele.server.sync.Window.RecentEvent;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Works out whose devices a user has to look at anew, and whose no longer. From memory as long as
 * the user stays in the same rooms and the newest records go back far enough; somebody who comes
 * into a shared room counts as changed even if another room was shared before, which the
 * specification leaves to servers. Thread-safe.
 */
final class DeviceListReader {
  private final DeviceLists stored;
  private final JoinedRooms joined;

  DeviceListReader(DeviceLists stored, JoinedRooms joined) {
    this.stored = stored;
    this.joined = joined;
  }

  /**
   * What is new behind one position and up to another, where the view stands. To be called on the
   * view's event loop.
   */
  Future<News> read(LiveView view, ActiveUser user, long after, long upTo) {
    if (!view.window().covers(after) || hasMoved(view, user, after)) {
      return view.here(stored.between(user.userId(), List.copyOf(user.rooms()), after, upTo));
    }
    List<Change> changes = view.deviceLists().between(after, upTo);
    return changes.isEmpty() ? Future.succeededFuture(News.NONE) : recent(view, user, changes);
  }

  /** Everything that is new behind a position, from the projections. */
  Future<News> stored(LiveView view, ActiveUser user, long after) {
    return view.here(
        stored.between(user.userId(), List.copyOf(user.rooms()), after, view.position()));
  }

  /** Whether the user may have come into a room, or gone from one, since a position. */
  private static boolean hasMoved(LiveView view, ActiveUser user, long after) {
    for (RecentEvent event : view.window().memberEvents(user.userId())) {
      MembershipRow row = event.position <= after ? null : user.in(event.event.roomId());
      if (row != null && !surelyUnmoved(view, row, after)) {
        return true;
      }
    }
    return false;
  }

  private static boolean surelyUnmoved(LiveView view, MembershipRow row, long after) {
    return switch (row.membership()) {
      case "join" -> view.stays().wasThere(row, after);
      case "invite", "knock" -> !view.stays().mayHaveGone(row, after);
      default -> false;
    };
  }

  private Future<News> recent(LiveView view, ActiveUser user, List<Change> changes) {
    Set<String> changed = new TreeSet<>();
    Set<String> renewed = new HashSet<>();
    Set<String> gone = new HashSet<>();
    for (Change change : moves(user, changes)) {
      if (change.viewer() != null) {
        changed.add(change.userId());
      } else if (change.roomId() == null) {
        renewed.add(change.userId());
      } else if (change.is()) {
        changed.add(change.userId());
      } else {
        gone.add(change.userId());
      }
    }
    if (renewed.remove(user.userId())) {
      changed.add(user.userId());
    }
    renewed.removeAll(changed);
    gone.removeAll(changed);
    Set<String> unsure = new HashSet<>(renewed);
    unsure.addAll(gone);
    return sharing(view, user, unsure)
        .map(
            sharing -> {
              renewed.retainAll(sharing);
              changed.addAll(renewed);
              gone.removeAll(sharing);
              return new News(changed, new TreeSet<>(gone));
            });
  }

  /**
   * Of the changes those that matter to the user, and of each person in each room only the sum: who
   * came and went again has done nothing.
   */
  private static List<Change> moves(ActiveUser user, List<Change> changes) {
    List<Change> moves = new ArrayList<>();
    Map<List<String>, Change> inRooms = new HashMap<>();
    for (Change change : changes) {
      if (change.roomId() == null) {
        if (change.viewer() == null || change.viewer().equals(user.userId())) {
          moves.add(change);
        }
      } else if (user.isIn(change.roomId()) && !change.userId().equals(user.userId())) {
        Change unused =
            inRooms.merge(
                List.of(change.userId(), change.roomId()),
                change,
                (first, last) ->
                    new Change(
                        last.position(),
                        last.userId(),
                        null,
                        last.roomId(),
                        first.was(),
                        last.is()));
      }
    }
    inRooms.values().stream()
        .filter(move -> move.was() == null || move.was() != move.is())
        .forEach(moves::add);
    return moves;
  }

  /** Those of these people who are in a room with the user. */
  private Future<Set<String>> sharing(LiveView view, ActiveUser user, Set<String> people) {
    Set<String> sharing = new HashSet<>();
    List<Future<?>> answers = new ArrayList<>();
    for (String person : people) {
      Future<Set<String>> rooms = joined.of(person, view.position());
      answers.add(
          view.here(rooms)
              .onSuccess(
                  found -> {
                    if (found.stream().anyMatch(user::isIn)) {
                      sharing.add(person);
                    }
                  }));
    }
    return answers.isEmpty()
        ? Future.succeededFuture(sharing)
        : view.here(Future.all(answers)).map(sharing);
  }
}
