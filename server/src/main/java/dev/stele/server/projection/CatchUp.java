package dev.stele.server.projection;

import dev.stele.server.record.Entry;
import dev.stele.server.record.LogReader;
import dev.stele.server.record.RecordLog;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings projections to the end of the log together: each record is read and decoded once for all
 * of them. They fold at the same time, none of them more than a chunk before another. One that
 * fails is left behind, to be tried again by whoever follows the log for it.
 */
final class CatchUp {
  private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

  /** From how many records on it is told how far it is. */
  private static final long WORTH_TELLING = 20_000;

  private static final long TELL_NANOS = 10_000_000_000L;

  private final List<Lane> lanes;
  private final LogReader reader;
  private final Progress progress;
  private final Promise<Void> done = Promise.promise();
  private Future<?> underWay = Future.succeededFuture();

  private CatchUp(List<Lane> lanes, LogReader reader, Progress progress) {
    this.lanes = lanes;
    this.reader = reader;
    this.progress = progress;
  }

  /**
   * Completes when there is no more to do; to be called on a Vert.x context.
   *
   * @param end the position up to which it folds
   */
  static Future<Void> run(List<Folding> foldings, RecordLog log, long end) {
    List<Folding> behind = foldings.stream().filter(one -> one.position() < end).toList();
    if (behind.isEmpty()) {
      return Future.succeededFuture();
    }
    ContextInternal home =
        (ContextInternal) Objects.requireNonNull(Vertx.currentContext(), "no Vert.x context");
    long after = behind.stream().mapToLong(Folding::position).min().orElse(end);
    List<Lane> lanes = behind.stream().map(folding -> new Lane(folding, home)).toList();
    LogReader reader = new LogReader(home.owner(), log, after, end);
    CatchUp catchUp = new CatchUp(lanes, reader, new Progress(behind, after, end));
    catchUp.next();
    return catchUp.done.future();
  }

  /** Takes the next chunk; not within a chain of futures, which would grow with the log. */
  private void next() {
    Future<List<Entry>> chunk = reader.next();
    chunk.onComplete(
        read -> {
          if (read.failed()) {
            LOG.warn("the log cannot be read after position {}", progress.position, read.cause());
            finish();
          } else if (read.result().isEmpty() || lanes.stream().allMatch(lane -> lane.broken)) {
            finish();
          } else {
            hand(read.result());
          }
        });
  }

  private void hand(List<Entry> chunk) {
    Future<?> before = underWay;
    underWay = Future.all(lanes.stream().map(lane -> lane.take(chunk)).toList());
    before.onComplete(
        folded -> {
          progress.reached(chunk.get(0).position() - 1);
          next();
        });
  }

  private void finish() {
    underWay.onComplete(
        folded -> {
          progress.ended();
          done.complete();
        });
  }

  /** One of the projections, on an event loop of its own; what it is handed waits in order. */
  private static final class Lane {
    private final Folding folding;
    private final ContextInternal home;
    private final Context context;
    private Future<Void> last = Future.succeededFuture();
    private volatile boolean broken;

    /**
     * @param home where it is told that something is folded
     */
    Lane(Folding folding, ContextInternal home) {
      this.folding = folding;
      this.home = home;
      this.context = home.owner().createEventLoopContext();
    }

    /** Folds what of the chunk is behind the projection's position. Never fails. */
    Future<Void> take(List<Entry> chunk) {
      last = last.compose(before -> broken ? Future.succeededFuture() : fold(chunk));
      return last;
    }

    private Future<Void> fold(List<Entry> chunk) {
      int known = (int) Math.max(0, folding.position() - chunk.get(0).position() + 1);
      if (known >= chunk.size()) {
        return Future.succeededFuture();
      }
      Promise<Void> folded = home.promise();
      context.runOnContext(
          nothing -> folding.accept(chunk.subList(known, chunk.size())).onComplete(folded));
      return folded.future().otherwise(this::leave);
    }

    private Void leave(Throwable failure) {
      broken = true;
      LOG.warn("{} does not catch up yet", folding.projection().name(), failure);
      return null;
    }
  }

  /** Tells how far it is, if it takes long. */
  private static final class Progress {
    private final String names;
    private final long after;
    private final long end;
    private final boolean telling;
    private final long begun = System.nanoTime();
    private long told = begun;
    private long position;

    Progress(List<Folding> foldings, long after, long end) {
      this.names =
          foldings.stream().map(one -> one.projection().name()).collect(Collectors.joining(", "));
      this.after = after;
      this.end = end;
      this.position = after;
      this.telling = end - after >= WORTH_TELLING;
      if (telling) {
        LOG.info("{} records are to be folded into {}", end - after, names);
      }
    }

    void reached(long position) {
      this.position = position;
      long now = System.nanoTime();
      if (telling && now - told >= TELL_NANOS) {
        told = now;
        LOG.info("folded {} of {} records", position - after, end - after);
      }
    }

    void ended() {
      if (telling) {
        double seconds = (System.nanoTime() - begun) / 1e9;
        LOG.info(
            "folded {} records in {} s, {}/s",
            end - after,
            Math.round(seconds),
            Math.round((end - after) / seconds));
      }
    }
  }
}
