package dev.stele.server.sync;

import dev.stele.server.sliding.SentRoom;
import dev.stele.server.unread.Counts;
import dev.stele.server.unread.Unread;
import dev.stele.server.unread.UnreadCounts;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much of rooms a user has not read. Only rooms are counted in which anything has happened
 * since the connection was told, which is more than events: receipts count as well. Belongs to one
 * event loop.
 */
final class SlidingCounts {
  private final UnreadCounts unread;
  private final LiveView view;
  private final ActiveUser user;

  SlidingCounts(UnreadCounts unread, LiveView view, ActiveUser user) {
    this.unread = unread;
    this.view = view;
    this.user = user;
  }

  /** What is unread of those of these rooms where it may have changed, by room. */
  Future<Map<String, Counts>> read(List<SlidingRoom> rooms, long upTo) {
    List<String> wanted = rooms.stream().filter(this::mayHaveChanged).map(SlidingRoom::id).toList();
    return wanted.isEmpty()
        ? Future.succeededFuture(Map.of())
        : unread.of(user.userId(), wanted, new LiveRecords(view), upTo).map(SlidingCounts::ofAll);
  }

  private boolean mayHaveChanged(SlidingRoom room) {
    SentRoom sent = room.sent();
    return room.isJoined()
        && (sent == null
            || room.hasNews()
            || !view.window().covers(sent.position())
            || view.window().hasNews(room.id(), sent.position()));
  }

  private static Map<String, Counts> ofAll(Map<String, Unread> unread) {
    Map<String, Counts> counts = new HashMap<>();
    unread.forEach((room, of) -> counts.put(room, of.all()));
    return counts;
  }
}
