package dev.stele.load;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of measurements of a homeserver. */
final class ServerOptions {
  @Mixin final RunOptions run = new RunOptions();

  @Option(
      names = "--target",
      paramLabel = "URL",
      description = "The homeserver. Default: http://127.0.0.1:8008")
  URI target = URI.create("http://127.0.0.1:8008");

  @Option(
      names = "--shared-secret",
      paramLabel = "SECRET",
      description = "Register users by this shared secret. Default: open registration")
  @Nullable String sharedSecret;

  @Option(
      names = "--ceiling",
      description = "Afterwards measure a bare HTTP server with the same sends, and compare.")
  boolean ceiling;

  List<Result> measure(String name, Workload workload) throws IOException, InterruptedException {
    List<Result> results = new ArrayList<>();
    Progress progress = RunOptions.progress();
    results.add(Run.measure(name, run.target(target), registration(), workload, progress));
    if (ceiling) {
      results.add(CeilingCommand.measure(run, workload.withoutPollers(), progress));
    }
    return results;
  }

  private Registration registration() {
    return sharedSecret == null
        ? new Registration.Open()
        : new Registration.SharedSecret(sharedSecret);
  }
}
