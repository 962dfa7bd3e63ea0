package dev.stele.server.record;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the log in large chunks, from one position to another, and is a chunk ahead of whoever
 * takes them. Facts are decoded by a worker. To be used by one caller at a time.
 */
public final class LogReader {
  private static final int PAGE = 1_000;

  /** A chunk is full when it holds so many records, or so much text. */
  private static final int FULL_RECORDS = 4 * PAGE;

  private static final long FULL_CHARACTERS = 8L << 20;

  private final Vertx vertx;
  private final RecordLog log;
  private final long end;
  private Future<Chunk> ahead;

  /** Some of the log, and where it ends. */
  private record Chunk(List<Entry> entries, long characters, long last) {
    boolean isFull() {
      return entries.size() >= FULL_RECORDS || characters >= FULL_CHARACTERS;
    }
  }

  /**
   * @param after the position after which it begins
   * @param end the last position that it is to read
   */
  public LogReader(Vertx vertx, RecordLog log, long after, long end) {
    this.vertx = vertx;
    this.log = log;
    this.end = end;
    this.ahead = read(after);
  }

  /** The next facts, in order; none at the end. After a failure, it fails for good. */
  public Future<List<Entry>> next() {
    Future<Chunk> chunk = ahead;
    ahead = chunk.compose(taken -> read(taken.last));
    return chunk.map(Chunk::entries);
  }

  private Future<Chunk> read(long after) {
    return fill(new Chunk(new ArrayList<>(), 0, after));
  }

  private Future<Chunk> fill(Chunk chunk) {
    int most = (int) Math.min(PAGE, end - chunk.last);
    if (most <= 0 || chunk.isFull()) {
      return Future.succeededFuture(chunk);
    }
    return log.readPage(vertx, chunk.last, most)
        .compose(
            page -> {
              if (page.entries().isEmpty()) {
                return Future.failedFuture("the log ends at position " + chunk.last);
              }
              chunk.entries.addAll(page.entries());
              long last = page.entries().get(page.entries().size() - 1).position();
              return fill(new Chunk(chunk.entries, chunk.characters + page.characters(), last));
            });
  }
}
