package dev.stele.server.projection;

import dev.stele.server.record.Claims;
import dev.stele.server.record.Entry;
import dev.stele.server.record.Fact;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.RoomEvent;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the content of redacted events out of the log. A projection without tables: its fold is the
 * erasure, which may be repeated without harm.
 */
public final class Eraser implements Projection {
  private static final int VERSION = 1;

  private final RecordLog log;

  public Eraser(RecordLog log) {
    this.log = log;
  }

  @Override
  public String name() {
    return "eraser";
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public List<String> tables() {
    return List.of();
  }

  @Override
  public boolean folds(Fact fact) {
    return fact instanceof RoomEvent event && event.redacts() != null;
  }

  @Override
  public Future<Void> fold(SqlConnection transaction, List<Entry> entries) {
    Map<String, String> roomOf = new HashMap<>();
    for (Entry entry : entries) {
      if (entry.fact() instanceof RoomEvent event && event.redacts() != null) {
        roomOf.put(event.redacts(), event.roomId());
      }
    }
    return log.holders(roomOf.keySet().stream().map(Claims::event).toList())
        .compose(holders -> log.readAt(holders.values()))
        .map(targets -> targets.stream().filter(target -> isOfRoom(target, roomOf)).toList())
        .compose(
            targets ->
                targets.isEmpty()
                    ? Future.succeededFuture()
                    : log.erase(targets.stream().map(Entry::position).toList()).mapEmpty());
  }

  /** A redaction reaches no further than its room. */
  private static boolean isOfRoom(Entry target, Map<String, String> roomOf) {
    return target.fact() instanceof RoomEvent event
        && event.roomId().equals(roomOf.get(event.eventId()));
  }
}
