package dev.stele.eventstore.embedded;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Empty databases for tests, all in one PostgreSQL in a temporary directory.
 *
 * <p>Starting one costs seconds, a database some hundredths of a second: share it, by {@link
 * #ofThisJvm()} or by {@link #start(Vertx)} and {@link #close()}.
 *
 * <p>Thread-safe.
 */
public final class FreshDatabases {
  private final Vertx vertx;
  private final Path directory;
  private final EmbeddedPostgres postgres;
  private final AtomicInteger made = new AtomicInteger();

  /** The names of databases to copy, by what was prepared in them. */
  private final Map<String, Future<String>> originals = new ConcurrentHashMap<>();

  private FreshDatabases(Vertx vertx, Path directory, EmbeddedPostgres postgres) {
    this.vertx = vertx;
    this.directory = directory;
    this.postgres = postgres;
  }

  /**
   * The one that all tests of this JVM share. The first call starts it; it ends, and its directory
   * goes, when the JVM exits.
   */
  public static Future<FreshDatabases> ofThisJvm() {
    return Shared.DATABASES;
  }

  /** Starts a PostgreSQL in a new temporary directory. */
  public static Future<FreshDatabases> start(Vertx vertx) {
    return vertx
        .executeBlocking(() -> Files.createTempDirectory("stele-postgres-"), false)
        .compose(
            directory ->
                EmbeddedPostgres.start(vertx, directory)
                    .map(postgres -> new FreshDatabases(vertx, directory, postgres))
                    .recover(
                        failure ->
                            deleted(vertx, directory)
                                .transform(gone -> Future.failedFuture(failure))));
  }

  /** The URL of a new empty database, owned by an ordinary role. */
  public Future<String> fresh() {
    return postgres.createDatabase("fresh_" + made.incrementAndGet());
  }

  /**
   * The URL of a new database that begins as a copy of one that was prepared once, which takes less
   * time than to prepare another.
   *
   * @param kind names what was prepared
   * @param prepare prepares a database, given its URL, for the first of a kind; when it is done
   *     nothing may be connected to it any more
   */
  public Future<String> copy(String kind, Function<String, Future<Void>> prepare) {
    return originals
        .computeIfAbsent(kind, first -> original(first, prepare))
        .compose(original -> postgres.copyDatabase("fresh_" + made.incrementAndGet(), original));
  }

  private Future<String> original(String kind, Function<String, Future<Void>> prepare) {
    String name = "original_" + made.incrementAndGet();
    return postgres
        .createDatabase(name)
        .compose(prepare)
        .map(name)
        .onFailure(failure -> originals.remove(kind));
  }

  /** Ends PostgreSQL and deletes everything. */
  public Future<Void> close() {
    return postgres.stop().compose(stopped -> deleted(vertx, directory));
  }

  private static Future<Void> deleted(Vertx vertx, Path directory) {
    return vertx.executeBlocking(
        () -> {
          Trees.delete(directory);
          return null;
        },
        false);
  }

  /** Begins with the first use of the class. */
  private static final class Shared {
    static final Vertx VERTX = Vertx.vertx(new VertxOptions().setUseDaemonThread(true));
    static final Future<FreshDatabases> DATABASES = start(VERTX).onSuccess(Shared::endWithJvm);

    private static void endWithJvm(FreshDatabases databases) {
      Thread end = new Thread(() -> databases.close().await());
      Runtime.getRuntime().addShutdownHook(end);
    }
  }
}
