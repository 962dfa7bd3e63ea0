package dev.stele.load.command;

import dev.stele.load.report.HtmlReport;
import dev.stele.load.report.Result;
import dev.stele.load.report.RunFile;
import dev.stele.load.report.Table;
import dev.stele.load.scenario.Screen;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where results and progress go. */
final class OutputOptions {
  static final int NOT_SERVED = 3;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the result as JSON.")
  @Nullable Path json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page with plots, which opens without a network.")
  @Nullable Path html;

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      description = "Say this in the result, such as the server's settings; may be repeated.")
  List<String> notes = new ArrayList<>();

  @Option(
      names = "--progress",
      paramLabel = "HOW",
      description = "${COMPLETION-CANDIDATES}. Default: bar on a terminal, or else lines")
  ProgressKind progress = ProgressKind.auto;

  /** How progress is shown; lower case, as people write it. */
  enum ProgressKind {
    auto,
    bar,
    lines,
    none
  }

  Screen screen() {
    PrintWriter out =
        new PrintWriter(new OutputStreamWriter(System.err, Charset.defaultCharset()), true);
    return switch (progress) {
      case bar -> new Screen.Terminal(out, width());
      case lines -> new Screen.Lines(out);
      case none -> new Screen.Lines(new PrintWriter(PrintWriter.nullWriter()));
      case auto -> isTerminal() ? new Screen.Terminal(out, width()) : new Screen.Lines(out);
    };
  }

  /** Prints the results, writes them where asked to, and gives the status to end with. */
  int report(String command, List<Result> results, PrintWriter out) throws IOException {
    Table.printEach(results, out);
    RunFile run = RunFile.of(command, notes, results);
    if (json != null) {
      run.write(json);
    }
    if (html != null) {
      HtmlReport.write(List.of(run), html);
    }
    if (!results.stream().allMatch(Result::served)) {
      return NOT_SERVED;
    }
    return results.stream().allMatch(Result::passed) ? 0 : 1;
  }

  /** The launcher knows; Java does not tell whether standard error is a terminal. */
  private static boolean isTerminal() {
    return Boolean.getBoolean("load.terminal") && !"dumb".equals(System.getenv("TERM"));
  }

  private static int width() {
    String columns = System.getenv("COLUMNS");
    return columns != null && columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : 100;
  }
}
