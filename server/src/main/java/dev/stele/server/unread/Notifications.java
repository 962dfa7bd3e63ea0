package dev.stele.server.unread;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.history.VisibleHistory;
import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.FoundEvent;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.projection.Rooms;
import dev.stele.server.push.Verdict;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a user was notified of, newest first, by their rules as they are now. Client-server API,
 * "Listing Notifications". Thread-safe.
 */
public final class Notifications {
  private static final int CHUNK = 100;

  /** How many chunks of events to look through for one page. */
  private static final int MAX_CHUNKS = 10;

  private final Rooms rooms;
  private final EventCache events;
  private final Readers readers;
  private final FactsOfRooms facts;
  private final StoredMarks marks;
  private final Threads threads;

  Notifications(
      Rooms rooms, EventCache events, Readers readers, FactsOfRooms facts, StoredMarks marks) {
    this.rooms = rooms;
    this.events = events;
    this.readers = readers;
    this.facts = facts;
    this.marks = marks;
    this.threads = new Threads(events);
  }

  /**
   * One event that the user was notified of.
   *
   * @param actions what their rules say of it
   * @param read whether they have read it
   */
  public record Notified(EventRow row, String roomId, List<JsonNode> actions, boolean read) {}

  /**
   * A part of the list.
   *
   * @param next the position to go on from; null at the end
   */
  public record Page(List<Notified> notified, @Nullable Long next) {}

  /**
   * A page of the list.
   *
   * @param before the position before which it begins
   * @param limit how many at most
   * @param highlights whether only what stands out is asked for
   * @param now the newest position
   */
  public Future<Page> page(String userId, long before, int limit, boolean highlights, long now) {
    return Future.all(readers.read(userId, now), rooms.memberships(userId))
        .compose(
            both -> {
              List<MembershipRow> memberships = both.resultAt(1);
              List<String> present =
                  memberships.stream()
                      .filter(row -> row.membership().equals("join"))
                      .map(MembershipRow::roomId)
                      .toList();
              Search search = new Search(both.resultAt(0), present, limit, highlights, now);
              return look(search, before, MAX_CHUNKS);
            });
  }

  private record Search(
      Reader reader, List<String> rooms, int limit, boolean highlights, long now) {}

  private Future<Page> look(Search search, long before, int chunks) {
    return look(search, new ArrayList<>(), before, chunks);
  }

  private Future<Page> look(Search search, List<Notified> found, long before, int chunks) {
    if (chunks == 0) {
      return Future.succeededFuture(new Page(found, before));
    }
    return rooms
        .many()
        .newestOfAll(search.rooms(), before, CHUNK)
        .compose(
            rows ->
                judge(search, rows)
                    .compose(
                        judged -> {
                          for (Notified each : judged) {
                            if (found.size() == search.limit()) {
                              long last = found.get(found.size() - 1).row().position();
                              return Future.succeededFuture(new Page(found, last));
                            }
                            found.add(each);
                          }
                          if (rows.size() < CHUNK) {
                            return Future.succeededFuture(new Page(found, null));
                          }
                          long last = rows.get(rows.size() - 1).row().position();
                          return look(search, found, last, chunks - 1);
                        }));
  }

  /** Those of these events that notify the user, in the same order. */
  private Future<List<Notified>> judge(Search search, List<FoundEvent> rows) {
    String userId = search.reader().userId();
    Map<String, Long> positions = new HashMap<>();
    for (FoundEvent each : rows) {
      EventRow row = each.row();
      if (row.redactedBy() == null && !row.sender().equals(userId)) {
        positions.put(row.eventId(), row.position());
      }
    }
    return events
        .at(positions)
        .compose(
            known -> {
              Set<String> concerned = new LinkedHashSet<>();
              known.values().forEach(event -> concerned.add(event.pdu().roomId()));
              return Future.all(
                      facts.read(concerned, search.now()),
                      VisibleHistory.of(rooms, userId, concerned),
                      marks.of(userId, concerned),
                      threads.of(known.values()))
                  .map(
                      all ->
                          new Chunk(
                                  known,
                                  all.resultAt(0),
                                  all.resultAt(1),
                                  all.resultAt(2),
                                  all.resultAt(3))
                              .judge(search, rows));
            });
  }

  private record Chunk(
      Map<String, KnownEvent> known,
      Map<String, RoomFacts> facts,
      Map<String, VisibleHistory> histories,
      Map<String, ReadMarks> marks,
      Map<String, String> threads) {
    List<Notified> judge(Search search, List<FoundEvent> rows) {
      List<Notified> notified = new ArrayList<>();
      for (FoundEvent each : rows) {
        EventRow row = each.row();
        KnownEvent event = known.get(row.eventId());
        if (event != null && concerns(search.reader(), event, row)) {
          Verdict verdict = verdict(search.reader(), event);
          if (search.highlights() ? verdict.highlights() : verdict.notifies()) {
            String room = event.pdu().roomId();
            notified.add(new Notified(row, room, verdict.actions(), read(room, row)));
          }
        }
      }
      return notified;
    }

    /** Whether the user was there, or it is what invited them, and they want to see it. */
    private boolean concerns(Reader reader, KnownEvent event, EventRow row) {
      VisibleHistory history = histories.get(event.pdu().roomId());
      return history != null
          && history.canSee(row)
          && (history.joinedAt(row.position())
              || event.pdu().isState("m.room.member", reader.userId()));
    }

    private Verdict verdict(Reader reader, KnownEvent event) {
      RoomFacts about = facts.get(event.pdu().roomId());
      return about == null
          ? Verdict.NONE
          : reader.rules().evaluate(event.pdu(), about.context(null));
    }

    private boolean read(String room, EventRow row) {
      ReadMarks mark = marks.get(room);
      String thread = threads.getOrDefault(row.eventId(), Threads.MAIN);
      return mark != null && row.position() <= mark.of(thread);
    }
  }
}
