package dev.stele.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.load.measure.Check;
import dev.stele.load.measure.Figure;
import dev.stele.load.measure.GeneratorLoad;
import dev.stele.load.measure.Measured;
import dev.stele.load.measure.Meter;
import dev.stele.load.measure.ProcessWatch;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

final class HtmlReportTest {
  @TempDir Path directory;

  private static Result result(String scenario, String label, int factor) {
    Meter meter = new Meter();
    meter.window().begin(0);
    for (int second = 1; second <= 3; second++) {
      for (int i = 1; i <= 500; i++) {
        meter.operation("send").finished(0, (long) i * factor);
      }
      meter.point(second);
    }
    return Result.of(
        new Result.Subject(scenario, label, label + " 1.0", "http://127.0.0.1:1"),
        Map.of("rooms", 16),
        new Result.Outcome(
            3,
            meter.measured(3),
            new Meter().lag().measured(3),
            new GeneratorLoad(() -> 0),
            Map.of("send: M_UNKNOWN", 3L),
            Map.of("send: 429 M_LIMIT_EXCEEDED, saying when to come again", 7L),
            Check.NOTHING,
            Map.of("bytes per poll", new Figure(factor, "bytes")),
            700,
            List.of(
                new ProcessWatch.Watched(
                    "server",
                    List.of(
                        new ProcessWatch.Sample(0, 100, 120, 0.5, 0.6),
                        new ProcessWatch.Sample(1, 110, 130, 0.5, 0.6)))),
            List.of("<remark>")));
  }

  private static RunFile run(Result... results) {
    return RunFile.of("send --seconds 3", List.of("settings: a & b"), List.of(results));
  }

  private String page(RunFile... runs) throws IOException {
    Path file = directory.resolve("report.html");
    HtmlReport.write(List.of(runs), file);
    return Files.readString(file);
  }

  @Test
  void write_oneServer_drawsLatencyThroughputAndMemory() throws Exception {
    String page = page(run(result("send", "Stele", 1000)));
    assertThat(page)
        .contains("latency by percentile", "throughput over time", "p99 over time")
        .contains("memory over time", "send: M_UNKNOWN", "settings: a &amp; b", "&lt;remark&gt;")
        .contains("rooms 16")
        .doesNotContain("class=\"bar ", "At a glance");
  }

  @Test
  void write_twoServers_drawsThemSideBySide() throws Exception {
    String page = page(run(result("send", "Stele", 1000)), run(result("send", "Other", 3000)));
    assertThat(page).contains("class=\"bar c0\"", "class=\"bar c1\"", "send: per second");
    assertThat(page.split("<h2>send</h2>", -1)).hasSize(2);
    assertThat(page)
        .contains("<h2>At a glance</h2>", "<th>Stele</th><th>Other</th><th>ratio</th>")
        .contains("<td>1.00 x · 0.33 x · 0.33 x</td>");
  }

  @Test
  void write_twoRunsOfOneServer_tellsThemApart() throws Exception {
    assertThat(page(run(result("send", "Stele", 1)), run(result("send", "Stele", 2))))
        .contains("Stele #2");
  }

  @Test
  void write_notServed_saysSo() throws Exception {
    Result missing =
        Result.notServed(
            new Result.Subject("media", "Stele", "Stele", "http://x"), Map.of(), "no media");
    assertThat(page(run(missing))).contains("NOT MEASURED: no media").doesNotContain("<svg");
  }

  @Test
  void write_always_needsNoNetwork() throws Exception {
    assertThat(page(run(result("send", "Stele", 1))))
        .doesNotContain("src=", "<script", "<link", "@import", "url(");
  }

  @Test
  void plots_always_areWellFormed() throws Exception {
    String charts = Charts.html(List.of(result("a", "S", 7), result("a", "T", 900)));
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader("<all>" + charts + "</all>")));
    assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(9);
  }

  @Test
  void runFile_writtenAndRead_isTheSame() throws Exception {
    RunFile run = run(result("send", "Stele", 1000), result("fanout", "Stele", 20));
    Path file = directory.resolve("run.json");
    run.write(file);
    assertThat(RunFile.read(file)).isEqualTo(run);
    assertThat(run.results().get(0).operation("send").map(Measured::count)).contains(1500L);
  }

  @Test
  void runFile_somethingElse_isRefused() throws Exception {
    Path file = directory.resolve("other.json");
    Files.writeString(file, "{\"format\": 9}");
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> RunFile.read(file)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("format 9 (expected: 1)");
  }
}
