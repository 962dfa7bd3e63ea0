package dev.stele.server.sync;

import dev.stele.server.filter.EventFilter;
import dev.stele.server.presence.Presence;
import dev.stele.server.projection.MembershipRow;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who of those who share a room with a user has come or gone. */
final class PresenceNews {
  private final SyncScope scope;
  private final List<Presence> changed;

  private PresenceNews(SyncScope scope, List<Presence> changed) {
    this.scope = scope;
    this.changed = changed;
  }

  /** As of now. */
  static PresenceNews now(SyncScope scope) {
    SyncToken since = scope.request().since();
    return new PresenceNews(
        scope,
        since == null
            ? scope.services().presences().present(rooms(scope.user()))
            : scope
                .services()
                .presences()
                .since(since.ephemeral(), roomId -> isIn(scope.user(), roomId)));
  }

  /**
   * These as far as they are wanted, and whoever is in rooms that the user has come into since.
   *
   * @param newRooms those rooms
   */
  List<Presence> wanted(Collection<String> newRooms) {
    EventFilter wanted = scope.request().filter().presence();
    Map<String, Presence> found = new LinkedHashMap<>();
    changed.forEach(each -> found.put(each.userId(), each));
    scope.services().presences().present(newRooms).forEach(each -> found.put(each.userId(), each));
    return found.values().stream()
        .filter(each -> wanted.matches("m.presence", each.userId()))
        .filter(each -> !scope.user().ignores(each.userId()))
        .limit(wanted.limit(Integer.MAX_VALUE, Integer.MAX_VALUE))
        .toList();
  }

  private static List<String> rooms(ActiveUser user) {
    return user.rooms().stream().filter(SyncScope::isIn).map(MembershipRow::roomId).toList();
  }

  private static boolean isIn(ActiveUser user, String roomId) {
    MembershipRow row = user.in(roomId);
    return row != null && SyncScope.isIn(row);
  }
}
