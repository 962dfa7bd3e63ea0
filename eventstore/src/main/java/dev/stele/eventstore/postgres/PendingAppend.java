package dev.stele.eventstore.postgres;

import dev.stele.eventstore.Append;
import dev.stele.eventstore.Appended;
import dev.stele.eventstore.Lane;
import dev.stele.eventstore.NewRecord;
import io.vertx.core.Promise;

/**
 * An append on its way, with who waits for it.
 *
 * @param since when it arrived, by {@link System#nanoTime()}
 * @param size how many characters its texts have
 */
record PendingAppend(Append append, Promise<Appended> promise, long since, int size) {

  static PendingAppend of(Append append) {
    int size = 0;
    for (NewRecord record : append.records()) {
      String content = record.content();
      size += record.skeleton().length() + (content == null ? 0 : content.length());
    }
    return new PendingAppend(append, Callers.promise(), System.nanoTime(), size);
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
