package dev.stele.server.unread;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.history.VisibleHistory;
import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.InviteBlocking;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.UserData;
import dev.stele.server.push.Verdict;
import dev.stele.server.unread.PendingInvites.Stretch;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a user was notified of, newest first, by their rules as they are now: what is said in rooms
 * that they are in, and invites to others. Client-server API, "Listing Notifications". Thread-safe.
 */
public final class Notifications {
  private static final int CHUNK = 100;

  /** How many chunks of events to look through for one page. */
  private static final int MAX_CHUNKS = 10;

  private final Rooms rooms;
  private final UserData data;
  private final EventCache events;
  private final Readers readers;
  private final FactsOfRooms facts;
  private final StoredMarks marks;
  private final Threads threads;
  private final DisplayNames names;

  Notifications(
      Rooms rooms, UserData data, EventCache events, FactsOfRooms facts, Readers readers) {
    this.rooms = rooms;
    this.data = data;
    this.events = events;
    this.readers = readers;
    this.facts = facts;
    this.marks = new StoredMarks(rooms, data, events);
    this.threads = new Threads(events);
    this.names = new DisplayNames(rooms, events);
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
    return Future.all(
            readers.read(userId, now),
            rooms.memberships(userId),
            data.accountData(userId, UserData.GLOBAL, InviteBlocking.TYPE))
        .compose(
            all -> {
              Reader reader = all.resultAt(0);
              List<MembershipRow> memberships = all.resultAt(1);
              Optional<ObjectNode> permission = all.resultAt(2);
              List<String> present =
                  memberships.stream()
                      .filter(row -> row.membership().equals("join"))
                      .map(MembershipRow::roomId)
                      .toList();
              List<MembershipRow> offered =
                  InviteBlocking.blocks(permission.orElse(null)) ? List.of() : memberships;
              PendingInvites invites = PendingInvites.of(offered, reader, CHUNK);
              Search search = new Search(reader, present, invites, limit, highlights, now);
              return look(search, new ArrayList<>(), before, MAX_CHUNKS);
            });
  }

  private record Search(
      Reader reader,
      List<String> rooms,
      PendingInvites invites,
      int limit,
      boolean highlights,
      long now) {}

  private Future<Page> look(Search search, List<Notified> found, long before, int chunks) {
    if (chunks == 0) {
      return Future.succeededFuture(new Page(found, before));
    }
    return rooms
        .many()
        .newestOfAll(search.rooms(), before, CHUNK)
        .compose(rows -> search.invites().among(events, rows, before, rows.size() < CHUNK))
        .compose(
            stretch ->
                judge(search, stretch)
                    .compose(judged -> add(search, found, judged, stretch.end(), chunks)));
  }

  private Future<Page> add(
      Search search, List<Notified> found, List<Notified> judged, @Nullable Long end, int chunks) {
    for (Notified each : judged) {
      if (found.size() == search.limit()) {
        long last = found.get(found.size() - 1).row().position();
        return Future.succeededFuture(new Page(found, last));
      }
      found.add(each);
    }
    return end == null
        ? Future.succeededFuture(new Page(found, null))
        : look(search, found, end, chunks - 1);
  }

  /** Those of these events that notify the user, in the same order. */
  private Future<List<Notified>> judge(Search search, Stretch stretch) {
    String userId = search.reader().userId();
    Map<String, Long> positions = new HashMap<>();
    for (EventRow row : stretch.rows()) {
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
                      threads.of(known.values()),
                      names.of(search.reader(), concerned, search.now()))
                  .map(
                      all ->
                          new Chunk(
                                  known,
                                  all.resultAt(0),
                                  all.resultAt(1),
                                  all.resultAt(2),
                                  all.resultAt(3),
                                  all.resultAt(4))
                              .judge(search, stretch));
            });
  }

  private record Chunk(
      Map<String, KnownEvent> known,
      Map<String, RoomFacts> facts,
      Map<String, VisibleHistory> histories,
      Map<String, ReadMarks> marks,
      Map<String, String> threads,
      Map<String, String> names) {
    List<Notified> judge(Search search, Stretch stretch) {
      List<Notified> notified = new ArrayList<>();
      for (EventRow row : stretch.rows()) {
        KnownEvent event = known.get(row.eventId());
        boolean invites = stretch.invites().contains(row.eventId());
        if (event != null && (invites || concerns(search.reader(), event, row))) {
          Verdict verdict = verdict(search.reader(), event);
          if (search.highlights() ? verdict.highlights() : verdict.notifies()) {
            String room = event.pdu().roomId();
            notified.add(new Notified(row, room, verdict.actions(), read(room, row)));
          }
        }
      }
      return notified;
    }

    /** Whether the user was there, or it is what had invited them, and they want to see it. */
    private boolean concerns(Reader reader, KnownEvent event, EventRow row) {
      VisibleHistory history = histories.get(event.pdu().roomId());
      return history != null
          && history.canSee(row)
          && (history.joinedAt(row.position())
              || event.pdu().isState("m.room.member", reader.userId()));
    }

    private Verdict verdict(Reader reader, KnownEvent event) {
      String room = event.pdu().roomId();
      RoomFacts about = facts.get(room);
      return about == null
          ? Verdict.NONE
          : reader.rules().evaluate(event.pdu(), about.context(names.get(room)));
    }

    private boolean read(String room, EventRow row) {
      ReadMarks mark = marks.get(room);
      String thread = threads.getOrDefault(row.eventId(), Threads.MAIN);
      return mark != null && row.position() <= mark.of(thread);
    }
  }
}
