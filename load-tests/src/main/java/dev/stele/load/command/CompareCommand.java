package dev.stele.load.command;

import dev.stele.load.report.HtmlReport;
import dev.stele.load.report.RunFile;
import dev.stele.load.report.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Several results side by side. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Draws the results of several servers side by side.",
    description =
        "Reads what --json wrote, in any number of files; results of one scenario are compared"
            + " with each other, ratios are those of the first file.")
public final class CompareCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Results, as --json wrote them.")
  List<Path> files = new ArrayList<>();

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page with plots, which opens without a network.")
  @Nullable Path html;

  @Spec
  @SuppressWarnings("NullAway.Init") // Set by picocli before the call.
  CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    List<RunFile> runs = new ArrayList<>();
    for (Path file : files) {
      runs.add(RunFile.read(file));
    }
    PrintWriter out = spec.commandLine().getOut();
    Table.printEach(runs.stream().flatMap(run -> run.results().stream()).toList(), out);
    if (html != null) {
      HtmlReport.write(runs, html);
      out.println();
      out.println("written to " + html);
    }
    return 0;
  }
}
