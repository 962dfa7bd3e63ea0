package dev.stele.server.unread;

import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.FoundEvent;
import dev.stele.server.projection.MembershipRow;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rooms that a user is invited to, among what happens in those that they are in. Immutable.
 *
 * @param newestFirst the memberships
 * @param most how many may come into one stretch
 */
record PendingInvites(List<MembershipRow> newestFirst, int most) {
  PendingInvites {
    newestFirst = List.copyOf(newestFirst);
  }

  /** The invites among memberships that the user is told of. */
  static PendingInvites of(List<MembershipRow> memberships, Reader reader, int most) {
    return new PendingInvites(
        memberships.stream()
            .filter(row -> row.membership().equals("invite"))
            .filter(row -> !reader.ignored().contains(row.sender()))
            .sorted(Comparator.comparingLong(MembershipRow::position).reversed())
            .toList(),
        most);
  }

  /**
   * A stretch of events, newest first.
   *
   * @param invites the events among them that invite the user
   * @param end the position to go on from; null at the end of all
   */
  record Stretch(List<EventRow> rows, Set<String> invites, @Nullable Long end) {}

  /**
   * The events that were found before a position, with the invites among them.
   *
   * @param whole whether nothing comes after what was found
   */
  Future<Stretch> among(EventCache events, List<FoundEvent> found, long before, boolean whole) {
    long last = whole ? 0 : found.get(found.size() - 1).row().position();
    List<String> ids = new ArrayList<>();
    long end = last;
    for (MembershipRow row : newestFirst) {
      if (row.position() < before && row.position() >= last && ids.size() < most) {
        ids.add(row.eventId());
        end = ids.size() == most ? row.position() : last;
      }
    }
    Long next = whole && end == 0 ? null : end;
    long from = end;
    return events
        .byId(ids)
        .map(
            known -> {
              List<EventRow> rows = new ArrayList<>();
              found.stream()
                  .map(FoundEvent::row)
                  .filter(row -> row.position() >= from)
                  .forEach(rows::add);
              known.values().forEach(event -> rows.add(row(event)));
              rows.sort(Comparator.comparingLong(EventRow::position).reversed());
              return new Stretch(rows, new HashSet<>(ids), next);
            });
  }

  private static EventRow row(KnownEvent event) {
    return new EventRow(
        event.id(),
        event.position(),
        event.pdu().depth(),
        event.pdu().type(),
        event.pdu().sender(),
        event.pdu().stateKey(),
        null);
  }
}
