package dev.stele.eventstore.postgres;

import dev.stele.eventstore.Append;
import dev.stele.eventstore.Appended;
import dev.stele.eventstore.Claim;
import dev.stele.eventstore.Lane;
import dev.stele.eventstore.NewRecord;
import io.vertx.core.Promise;

/** An append on its way, with who waits for it. */
record PendingAppend(Append append, Promise<Appended> promise, long since, int size) {

  static PendingAppend of(Append append, Promise<Appended> promise) {
    int size = 0;
    for (NewRecord record : append.records()) {
      requireNoNul(record);
      String content = record.content();
      size += record.skeleton().length() + (content == null ? 0 : content.length());
    }
    return new PendingAppend(append, promise, System.nanoTime(), size);
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

  /** PostgreSQL's text cannot hold U+0000. JSON texts escape it; names have to do without. */
  private static void requireNoNul(NewRecord record) {
    requireNoNul(record.stream());
    for (Claim claim : record.claims()) {
      requireNoNul(claim.key());
    }
  }

  private static void requireNoNul(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a name contains U+0000");
    }
  }
}
