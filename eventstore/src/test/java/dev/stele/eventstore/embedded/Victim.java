package dev.stele.eventstore.embedded;

import io.vertx.core.Vertx;
import java.nio.file.Path;

/** The main class of a process that runs a PostgreSQL until it is killed. */
final class Victim {
  private Victim() {}

  public static void main(String[] arguments) throws InterruptedException {
    EmbeddedPostgres postgres =
        Waiting.await(EmbeddedPostgres.start(Vertx.vertx(), Path.of(arguments[0])));
    System.out.println("url " + postgres.url());
    Thread.currentThread().join();
  }
}
