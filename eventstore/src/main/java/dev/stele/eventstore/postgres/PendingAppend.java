package dev.stele.eventstore.postgres;

import dev.stele.eventstore.Append;
import dev.stele.eventstore.Appended;
import dev.stele.eventstore.Claim;
import dev.stele.eventstore.Lane;
import dev.stele.eventstore.NewRecord;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * An append on its way, with who waits for it.
 *
 * @param since when it arrived, by {@link System#nanoTime()}
 * @param size how many characters its texts have
 * @param claims the names that its records claim, record by record
 * @param releases the names that it gives up
 */
record PendingAppend(
    Append append,
    Promise<Appended> promise,
    long since,
    int size,
    List<UUID> claims,
    List<UUID> releases) {

  static PendingAppend of(Append append) {
    int size = 0;
    List<UUID> claims = new ArrayList<>(4);
    for (NewRecord record : append.records()) {
      String content = record.content();
      size += record.skeleton().length() + (content == null ? 0 : content.length());
      for (Claim claim : record.claims()) {
        claims.add(ClaimName.of(claim));
      }
    }
    List<UUID> releases =
        append.releases().isEmpty() ? List.of() : List.of(ClaimName.of(append.releases()));
    return new PendingAppend(append, Callers.promise(), System.nanoTime(), size, claims, releases);
  }

  boolean laneIsBroken() {
    Lane lane = append.lane();
    return lane != null && lane.isBroken();
  }

  void refuse(Appended outcome) {
    breakLane();
    promise.complete(outcome);
  }

  void fail(Throwable cause) {
    breakLane();
    promise.fail(cause);
  }

  private void breakLane() {
    Lane lane = append.lane();
    if (lane != null) {
      lane.breakOff();
    }
  }
}
