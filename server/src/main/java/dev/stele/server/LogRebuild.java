package dev.stele.server;

import dev.stele.server.cli.LogReport;
import dev.stele.server.cli.Progress;
import dev.stele.server.projection.Projections;
import dev.stele.server.settings.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Folds the log anew, and compares the tables before and after. They are the same row for row
 * unless somebody has changed them by hand, or a fold has been mended since they were written.
 */
final class LogRebuild {
  private LogRebuild() {}

  static Future<LogReport> run(
      Vertx vertx, Settings settings, InstantSource clock, Progress progress) {
    return DataLayer.open(vertx, settings, clock, new SimpleMeterRegistry())
        .compose(data -> digests(data).eventually(data::close))
        .compose(
            before ->
                DataLayer.rebuild(vertx, settings, clock, new SimpleMeterRegistry())
                    .compose(data -> report(data, before, progress).eventually(data::close)));
  }

  private static Future<Map<String, Projections.Digest>> digests(DataLayer data) {
    return data.projections().digests();
  }

  private static Future<LogReport> report(
      DataLayer data, Map<String, Projections.Digest> before, Progress progress) {
    long records = data.log().committed();
    return digests(data)
        .map(
            after -> {
              progress.report(records, records);
              Map<String, Long> counts = new LinkedHashMap<>();
              counts.put("records", records);
              List<String> problems = new ArrayList<>();
              after.forEach(
                  (table, digest) -> {
                    counts.put("rows of " + table, digest.rows());
                    if (!digest.equals(before.get(table))) {
                      problems.add("table " + table + " is not what it was before");
                    }
                  });
              return new LogReport(counts, problems);
            });
  }
}
