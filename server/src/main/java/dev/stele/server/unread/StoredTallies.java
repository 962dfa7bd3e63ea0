package dev.stele.server.unread;

import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.FoundEvent;
import dev.stele.server.projection.RoomSpan;
import dev.stele.server.projection.Rooms;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Counts what is unread from what is stored: the newest events of each room back to where the user
 * has read everything, a fixed number of statements at a time for many rooms. Thread-safe.
 */
final class StoredTallies {
  private static final int CHUNK = 50;

  /** How far back to look in a room. */
  private static final int MAX_SCANNED = 1_000;

  /** How far back to look for threads alone, once the main timeline is read. */
  private static final int MAX_SCANNED_FOR_THREADS = 100;

  private final Rooms rooms;
  private final EventCache events;
  private final StoredMarks marks;
  private final FactsOfRooms facts;
  private final Threads threads;
  private final DisplayNames names;

  StoredTallies(Rooms rooms, EventCache events, StoredMarks marks, FactsOfRooms facts) {
    this.rooms = rooms;
    this.events = events;
    this.marks = marks;
    this.facts = facts;
    this.threads = new Threads(events);
    this.names = new DisplayNames(rooms, events);
  }

  /** The tallies of those of these rooms that the user is in. */
  Future<Map<String, Tally>> read(Reader reader, Collection<String> roomIds, long upTo) {
    return Future.all(marks.of(reader.userId(), roomIds), names.of(reader, roomIds, upTo))
        .compose(
            both -> {
              Map<String, ReadMarks> read = both.resultAt(0);
              Map<String, String> called = both.resultAt(1);
              List<Counting> countings = new ArrayList<>();
              read.forEach(
                  (roomId, mark) ->
                      countings.add(new Counting(roomId, called.get(roomId), mark, upTo)));
              return count(reader, countings, upTo)
                  .map(
                      done -> {
                        Map<String, Tally> tallies = new HashMap<>();
                        countings.forEach(
                            room -> tallies.put(room.roomId, room.tally(reader, upTo)));
                        return tallies;
                      });
            });
  }

  private Future<Void> count(Reader reader, List<Counting> countings, long upTo) {
    Map<String, Counting> open = new HashMap<>();
    countings.stream().filter(Counting::goesOn).forEach(room -> open.put(room.roomId, room));
    if (open.isEmpty()) {
      return Future.succeededFuture();
    }
    List<RoomSpan> spans =
        open.values().stream()
            .map(room -> new RoomSpan(room.roomId, room.marks.everywhere(), 0, room.to))
            .toList();
    return rooms
        .many()
        .newest(spans, CHUNK)
        .compose(
            found -> {
              open.values()
                  .forEach(room -> room.take(reader, found.getOrDefault(room.roomId, List.of())));
              return judge(reader, open, upTo);
            })
        .compose(done -> count(reader, countings, upTo));
  }

  private Future<Void> judge(Reader reader, Map<String, Counting> open, long upTo) {
    Map<String, Long> positions = new HashMap<>();
    List<String> concerned = new ArrayList<>();
    open.values()
        .forEach(
            room -> {
              room.candidates.forEach(row -> positions.put(row.eventId(), row.position()));
              if (!room.candidates.isEmpty()) {
                concerned.add(room.roomId);
              }
            });
    return Future.all(events.at(positions), facts.read(concerned, upTo))
        .compose(
            both -> {
              Map<String, KnownEvent> found = both.resultAt(0);
              Map<String, RoomFacts> about = both.resultAt(1);
              List<Future<?>> judged = new ArrayList<>();
              for (String roomId : concerned) {
                Counting room = Objects.requireNonNull(open.get(roomId));
                RoomFacts known = about.get(roomId);
                if (known != null) {
                  judged.add(
                      Judgement.of(threads, reader, known.context(room.name), room.events(found))
                          .onSuccess(room::add));
                }
              }
              return judged.isEmpty()
                  ? Future.succeededFuture()
                  : Future.all(judged).<Void>mapEmpty();
            });
  }

  /** One room while it is being counted, from its newest event backwards. */
  private static final class Counting {
    private final String roomId;
    private final @Nullable String name;
    private final List<Notification> found = new ArrayList<>();
    private final List<EventRow> candidates = new ArrayList<>();
    private ReadMarks marks;
    private long to;
    private int scanned;
    private boolean exhausted;

    Counting(String roomId, @Nullable String name, ReadMarks marks, long upTo) {
      this.roomId = roomId;
      this.name = name;
      this.marks = marks;
      this.to = upTo;
    }

    boolean goesOn() {
      boolean mainIsRead = to <= marks.of(Threads.MAIN);
      int most = mainIsRead ? MAX_SCANNED_FOR_THREADS : MAX_SCANNED;
      return !exhausted && to > marks.everywhere() && scanned < most && found.size() < Tally.MAX;
    }

    /**
     * The next chunk of rows, newest first. What was redacted does not count; but whoever sent it
     * has read what was before.
     */
    void take(Reader reader, List<FoundEvent> rows) {
      candidates.clear();
      for (FoundEvent each : rows) {
        EventRow row = each.row();
        to = row.position() - 1;
        boolean own = row.sender().equals(reader.userId());
        if (own ? !row.isState() : row.redactedBy() == null) {
          candidates.add(row);
        }
      }
      scanned += rows.size();
      exhausted = rows.size() < CHUNK;
    }

    List<KnownEvent> events(Map<String, KnownEvent> known) {
      return candidates.stream()
          .map(row -> known.get(row.eventId()))
          .filter(Objects::nonNull)
          .toList();
    }

    void add(Judgement judgement) {
      for (Judgement.Noted noted : judgement.noted()) {
        String thread = judgement.thread(noted);
        switch (noted.effect()) {
          case NOTIFIES, HIGHLIGHTS -> found.add(noted.notification(thread));
          case READS -> marks = marks.upTo(thread, noted.event().position());
          case REDACTS -> {
            // What it took away says so itself.
          }
        }
      }
    }

    Tally tally(Reader reader, long upTo) {
      Tally tally = Tally.empty(upTo, reader, name, marks);
      List<Notification> inOrder = new ArrayList<>(found);
      Collections.reverse(inOrder);
      for (Notification notification : inOrder) {
        tally = tally.plus(notification);
      }
      return tally;
    }
  }
}
