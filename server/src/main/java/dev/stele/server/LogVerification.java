package dev.stele.server;

import dev.stele.eventstore.Claim;
import dev.stele.server.cli.LogReport;
import dev.stele.server.cli.Progress;
import dev.stele.server.keys.ServerKeys;
import dev.stele.server.record.Claims;
import dev.stele.server.record.Entry;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.RoomEvent;
import dev.stele.server.room.LogAudit;
import dev.stele.server.settings.Settings;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.sign.SigningKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads the whole log and checks what it says. */
final class LogVerification {
  private static final int CHUNK = 1_000;

  /** After so many days Vert.x would wonder what keeps the thread. */
  private static final long MAX_DAYS = 100;

  private final Vertx vertx;
  private final RecordLog log;
  private final Progress progress;
  private final LogAudit audit;
  private final List<String> gaps = new ArrayList<>();
  private final long end;
  private long position;

  private LogVerification(Vertx vertx, RecordLog log, Progress progress, LogAudit audit) {
    this.vertx = vertx;
    this.log = log;
    this.progress = progress;
    this.audit = audit;
    this.end = log.committed();
  }

  static Future<LogReport> run(Vertx vertx, Settings settings, RecordLog log, Progress progress) {
    return vertx
        .executeBlocking(() -> ServerKeys.signingKey(settings.dataDir()))
        .map(key -> audit(settings, key, log))
        .compose(audit -> new LogVerification(vertx, log, progress, audit).all());
  }

  private static LogAudit audit(Settings settings, SigningKey key, RecordLog log) {
    return new LogAudit(
        settings.serverName(), key.keyId(), key.verifier(), eventId -> find(log, eventId));
  }

  private static @Nullable Pdu find(RecordLog log, String eventId) {
    Claim event = Claims.event(eventId);
    List<Entry> found =
        wait(log.holders(List.of(event)).compose(holders -> log.readAt(holders.values())));
    return found.isEmpty() ? null : ((RoomEvent) found.get(0).fact()).pdu();
  }

  /** One step after the other on a thread of its own: however long the log is, none is kept. */
  private Future<LogReport> all() {
    WorkerExecutor worker =
        vertx.createSharedWorkerExecutor("log-verification", 1, MAX_DAYS, TimeUnit.DAYS);
    return worker
        .executeBlocking(
            () -> {
              List<Entry> entries = wait(log.read(position, CHUNK));
              while (!entries.isEmpty()) {
                check(entries);
                entries = wait(log.read(position, CHUNK));
              }
              return report();
            })
        .eventually(worker::close);
  }

  /** Waits for the log; workers may. */
  private static <T> T wait(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  private void check(List<Entry> entries) {
    for (Entry entry : entries) {
      if (entry.position() != position + 1) {
        gaps.add("position " + (position + 1) + ": there is no record");
      }
      position = entry.position();
      audit.check(entry);
    }
    progress.report(position, end);
  }

  private LogReport report() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("records", position);
    counts.put("rooms", audit.rooms());
    counts.put("room events", audit.events());
    counts.put("room events without content", audit.erased());
    List<String> problems = new ArrayList<>(gaps);
    problems.addAll(audit.problems());
    return new LogReport(counts, problems);
  }
}
