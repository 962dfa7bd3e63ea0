package dev.stele.load.bare;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves until its standard input ends, so that it never outlives who started it. */
@Command(name = "bare-server", description = "Runs the server that --ceiling measures.")
final class BareServerCommand implements Callable<Integer> {
  @Option(names = "--answer-bytes", description = "Least length of an answer with a message.")
  int answerBytes;

  @Spec
  @SuppressWarnings("NullAway.Init") // Set by picocli before the call.
  CommandSpec spec;

  public static void main(String[] args) {
    System.exit(new CommandLine(new BareServerCommand()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    int port = freePort(vertx);
    int instances = Runtime.getRuntime().availableProcessors();
    BareRooms rooms = new BareRooms(answerBytes);
    vertx
        .deployVerticle(
            () -> new BareServer(port, rooms), new DeploymentOptions().setInstances(instances))
        .await();
    PrintWriter out = spec.commandLine().getOut();
    out.println(BareServerProcess.LISTENING + port);
    out.flush();
    System.in.transferTo(OutputStream.nullOutputStream());
    return 0;
  }

  private static int freePort(Vertx vertx) {
    HttpServer probe =
        vertx.createHttpServer().requestHandler(request -> {}).listen(0, "127.0.0.1").await();
    int port = probe.actualPort();
    probe.close().await();
    return port;
  }
}
