package dev.stele.server.projection;

import dev.stele.eventstore.Claim;
import dev.stele.server.record.AccountDataSet;
import dev.stele.server.record.AliasCreated;
import dev.stele.server.record.AliasDeleted;
import dev.stele.server.record.Claims;
import dev.stele.server.record.Entry;
import dev.stele.server.record.Fact;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.RoomEvent;
import dev.stele.server.record.RoomForgotten;
import dev.stele.server.record.RoomPublished;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Rooms: their timelines, their state over time, their members and their aliases. */
public final class RoomsProjection implements Projection {
  private static final int VERSION = 5;

  static final String REDACT =
      "UPDATE projection.room_event e SET redacted_by = $3, has_url = false WHERE "
          + RoomKey.isOf("e", "$1")
          + " AND e.position = $2 AND e.redacted_by IS NULL"
          + " RETURNING e.position, e.type, e.state_key";

  private final RecordLog log;
  private final RedactedSummaries summaries;

  public RoomsProjection(RecordLog log) {
    this.log = log;
    this.summaries = new RedactedSummaries(log);
  }

  @Override
  public String name() {
    return "rooms";
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public List<String> tables() {
    return List.of(
        "room",
        "room_summary",
        "room_event",
        "room_state",
        "membership",
        "room_extremity",
        "alias",
        "ignored_user");
  }

  @Override
  public boolean folds(Fact fact) {
    return fact instanceof RoomEvent
        || fact instanceof RoomForgotten
        || fact instanceof RoomPublished
        || fact instanceof AliasCreated
        || fact instanceof AliasDeleted
        || IgnoredUsers.says(fact);
  }

  @Override
  public Future<Void> fold(SqlConnection transaction, List<Entry> entries) {
    TimelineRows timeline = new TimelineRows();
    StateRows state = new StateRows();
    SummaryRows summary = new SummaryRows();
    IgnoredUsers ignored = new IgnoredUsers();
    List<Entry> others = new ArrayList<>();
    Map<String, Entry> redactions = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry.fact() instanceof RoomEvent event) {
        timeline.add(entry.position(), event.pdu());
        state.add(entry.position(), event.pdu());
        summary.add(entry.position(), event.pdu());
        if (event.redacts() != null) {
          redactions.putIfAbsent(event.redacts(), entry);
        }
      } else if (entry.fact() instanceof AccountDataSet set) {
        ignored.add(set);
      } else {
        others.add(entry);
      }
    }
    return timeline
        .write(transaction)
        .compose(written -> summary.write(transaction))
        .compose(written -> state.write(transaction))
        .compose(written -> redact(transaction, redactions))
        .compose(redacted -> ignored.write(transaction))
        .compose(written -> foldOthers(transaction, others));
  }

  private Future<Void> redact(SqlConnection transaction, Map<String, Entry> redactions) {
    if (redactions.isEmpty()) {
      return Future.succeededFuture();
    }
    return log.holders(redactions.keySet().stream().map(Claims::event).toList())
        .compose(
            holders -> {
              List<Tuple> rows = new ArrayList<>();
              holders.forEach(
                  (claim, position) -> rows.add(redaction(redactions, claim, position)));
              return rows.isEmpty()
                  ? Future.succeededFuture()
                  : transaction
                      .preparedQuery(REDACT)
                      .executeBatch(rows)
                      .compose(redacted -> summaries.write(transaction, all(redacted)));
            });
  }

  /** The rows of all statements of a batch. */
  private static List<Row> all(RowSet<Row> first) {
    List<Row> rows = new ArrayList<>();
    for (RowSet<Row> set = first; set != null; set = set.next()) {
      set.forEach(rows::add);
    }
    return rows;
  }

  private static Tuple redaction(Map<String, Entry> redactions, Claim target, long position) {
    RoomEvent event = (RoomEvent) Objects.requireNonNull(redactions.get(target.key())).fact();
    return Tuple.of(event.roomId(), position, event.eventId());
  }

  private static Future<Void> foldOthers(SqlConnection transaction, List<Entry> entries) {
    Future<?> folded = Future.succeededFuture();
    for (Entry entry : entries) {
      folded = folded.compose(before -> foldOther(transaction, entry));
    }
    return folded.mapEmpty();
  }

  private static Future<?> foldOther(SqlConnection transaction, Entry entry) {
    Fact fact = entry.fact();
    if (fact instanceof RoomForgotten forgotten) {
      return transaction
          .preparedQuery(
              "UPDATE projection.membership SET forgotten = true"
                  + " WHERE user_id = $1 AND room_id = $2 AND position < $3"
                  + " AND membership IN ('leave', 'ban')")
          .execute(Tuple.of(forgotten.userId(), forgotten.roomId(), entry.position()));
    }
    if (fact instanceof RoomPublished published) {
      return transaction
          .preparedQuery("UPDATE projection.room_summary SET listed = $2 WHERE room_id = $1")
          .execute(Tuple.of(published.roomId(), published.listed()));
    }
    if (fact instanceof AliasCreated created) {
      return transaction
          .preparedQuery(
              "INSERT INTO projection.alias (alias, room_id, creator) VALUES ($1, $2, $3)")
          .execute(Tuple.of(created.alias(), created.roomId(), created.creator()));
    }
    if (fact instanceof AliasDeleted deleted) {
      return transaction
          .preparedQuery("DELETE FROM projection.alias WHERE alias = $1")
          .execute(Tuple.of(deleted.alias()));
    }
    throw new IllegalArgumentException("fact: " + fact + " (expected: one that is folded)");
  }
}
