package dev.stele.server.sync;

import dev.stele.server.filter.RoomFilter;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.unread.Unread;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What one answer is about. Belongs to the view's event loop.
 *
 * @param user who asks
 * @param request for what
 * @param upTo the position up to which the answer tells
 */
record SyncScope(
    SyncServices services, LiveView view, ActiveUser user, SyncRequest request, long upTo) {
  RoomFilter filter() {
    return request.filter().room();
  }

  /** How much of these rooms the user has not read, by room; rooms that they left are left out. */
  Future<Map<String, Unread>> unread(Collection<MembershipRow> rows) {
    List<String> present =
        rows.stream().filter(SyncScope::isIn).map(MembershipRow::roomId).toList();
    return present.isEmpty()
        ? Future.succeededFuture(Map.of())
        : services.unread().of(user.userId(), present, new LiveRecords(view), upTo);
  }

  static boolean isIn(MembershipRow row) {
    return row.membership().equals("join");
  }
}
