package dev.stele.server.record;

import dev.stele.eventstore.Append;
import dev.stele.eventstore.Appended;
import dev.stele.eventstore.Claim;
import dev.stele.eventstore.EventLog;
import dev.stele.eventstore.Following;
import dev.stele.eventstore.Lane;
import dev.stele.eventstore.LogRecord;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The log, in terms of facts. Thread-safe; see {@link EventLog} for what its futures mean. */
public final class RecordLog {
  private final EventLog log;

  public RecordLog(EventLog log) {
    this.log = log;
  }

  /** Appends facts as a whole or not at all. */
  public Future<Appended> append(List<? extends Fact> facts) {
    return append(null, facts);
  }

  /** Appends facts of a {@link Lane} as a whole or not at all. */
  public Future<Appended> append(@Nullable Lane lane, List<? extends Fact> facts) {
    List<Claim> releases = facts.stream().flatMap(fact -> fact.releases().stream()).toList();
    return log.append(new Append(lane, facts.stream().map(FactCodec::encode).toList(), releases));
  }

  /** The newest committed position. */
  public long committed() {
    return log.committed();
  }

  /** Asks the database how far the log goes; see {@link EventLog#refresh}. */
  public Future<Long> refresh() {
    return log.refresh();
  }

  /** Up to {@code limit} facts after a position, in order. */
  public Future<List<Entry>> read(long after, int limit) {
    return log.read(after, limit).map(RecordLog::decode);
  }

  /** Up to {@code limit} facts of a stream after a position, in order. */
  public Future<List<Entry>> readStream(String stream, long after, int limit) {
    return log.readStream(stream, after, limit).map(RecordLog::decode);
  }

  /** The facts at these positions, in position order. */
  public Future<List<Entry>> readAt(Collection<Long> positions) {
    return log.readAt(positions).map(RecordLog::decode);
  }

  /** Which of these claims are held, and at which position. */
  public Future<Map<Claim, Long>> holders(Collection<Claim> claims) {
    return log.holders(claims);
  }

  /** Hands over every fact after a position, in order, once; see {@link EventLog#follow}. */
  public Following follow(String name, long after, Function<List<Entry>, Future<Void>> follower) {
    return log.follow(name, after, records -> follower.apply(decode(records)));
  }

  /** The same, with fewer calls that bring more; see {@link EventLog#follow}. */
  public Following follow(
      String name, long after, Duration pace, Function<List<Entry>, Future<Void>> follower) {
    return log.follow(name, after, pace, records -> follower.apply(decode(records)));
  }

  /** Erases the content of facts for good; see {@link EventLog#erase}. */
  public Future<Integer> erase(Collection<Long> positions) {
    return log.erase(positions);
  }

  /**
   * Some facts of the log.
   *
   * @param characters how long their texts are together
   */
  record Page(List<Entry> entries, long characters) {
    private static Page of(List<LogRecord> records) {
      long characters = 0;
      for (LogRecord record : records) {
        String content = record.content();
        characters += record.skeleton().length() + (content == null ? 0 : content.length());
      }
      return new Page(decode(records), characters);
    }
  }

  /** As {@link #read}, but decoded by a worker. */
  Future<Page> readPage(Vertx vertx, long after, int limit) {
    return log.read(after, limit).compose(records -> vertx.executeBlocking(() -> Page.of(records)));
  }

  private static List<Entry> decode(List<LogRecord> records) {
    return records.stream().map(RecordLog::decode).toList();
  }

  private static Entry decode(LogRecord record) {
    return new Entry(record.position(), record.recordedAt(), FactCodec.decode(record));
  }
}
