package dev.stele.eventstore.embedded;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A PostgreSQL of our own below a directory: unpacked and initialised at the first start, listening
 * on a free port of 127.0.0.1 only, started again when it dies, ended with {@link #stop()}.
 *
 * <p>Its databases belong to the ordinary role {@code stele}. The directory is locked for as long
 * as the handle lives. A process that is killed leaves its PostgreSQL behind; the next start in the
 * same directory ends that one first, and nothing committed is lost.
 *
 * <p>Thread-safe.
 */
public final class EmbeddedPostgres {
  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

  private final Vertx vertx;
  private final DirectoryLock lock;
  private final Passwords passwords;
  private final Supervisor supervisor;

  private EmbeddedPostgres(
      Vertx vertx, DirectoryLock lock, Passwords passwords, Supervisor supervisor) {
    this.vertx = vertx;
    this.lock = lock;
    this.passwords = passwords;
    this.supervisor = supervisor;
  }

  /**
   * Starts PostgreSQL in {@code directory}, which is made when it is missing. The future completes
   * once connections are taken: some seconds the first time, well below one second later.
   *
   * <p>Fails with {@link DataDirectoryInUse} when the directory has a live owner, and with {@link
   * CannotRunPostgres} when PostgreSQL does not run here.
   */
  public static Future<EmbeddedPostgres> start(Vertx vertx, Path directory) {
    return vertx.executeBlocking(() -> startBlocking(vertx, directory), false);
  }

  private static EmbeddedPostgres startBlocking(Vertx vertx, Path directory)
      throws IOException, InterruptedException {
    Path real = Files.createDirectories(directory).toRealPath();
    DirectoryLock lock = DirectoryLock.take(real);
    try {
      Binaries binaries = Binaries.unpackedBelow(real);
      Cluster cluster = Cluster.open(real, binaries, Account.probe(binaries, real));
      Orphan.reap(cluster);
      return new EmbeddedPostgres(vertx, lock, cluster.passwords(), Supervisor.start(cluster));
    } catch (IOException | InterruptedException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Where the database {@code stele} is, with the role's password. */
  public String url() {
    return url("stele");
  }

  /**
   * Makes an empty database owned by the role {@code stele} and gives its URL.
   *
   * @param name lower-case letters, digits and underscores, at most 63, not taken yet
   */
  public Future<String> createDatabase(String name) {
    if (!NAME.matcher(name).matches()) {
      return Future.failedFuture(new IllegalArgumentException("name: " + name));
    }
    return asSuperuser("CREATE DATABASE " + name + " OWNER stele").map(done -> url(name));
  }

  /**
   * Makes a database that begins as a copy of another, to which nobody may be connected meanwhile,
   * and gives its URL.
   *
   * @param name as of {@link #createDatabase(String)}
   * @param original the name of the other
   */
  Future<String> copyDatabase(String name, String original) {
    return asSuperuser("CREATE DATABASE " + name + " TEMPLATE " + original + " OWNER stele")
        .map(done -> url(name));
  }

  private Future<Void> asSuperuser(String statement) {
    PgConnectOptions options =
        new PgConnectOptions()
            .setHost("127.0.0.1")
            .setPort(supervisor.port())
            .setDatabase("postgres")
            .setUser("postgres")
            .setPassword(passwords.postgres());
    return PgConnection.connect(vertx, options)
        .compose(
            connection ->
                connection.query(statement).execute().eventually(connection::close).mapEmpty());
  }

  /**
   * Completes with the last exit status when PostgreSQL has died and several attempts to start it
   * again have failed. Never completes otherwise, {@link #stop()} included.
   */
  public Future<Integer> ended() {
    return Future.fromCompletionStage(supervisor.ended(), vertx.getOrCreateContext());
  }

  /**
   * Ends PostgreSQL within three seconds and frees the directory. Open connections are cut; what
   * they had committed is kept.
   */
  public Future<Void> stop() {
    return vertx.executeBlocking(
        () -> {
          try (lock) {
            supervisor.stop();
          }
          return null;
        },
        false);
  }

  private String url(String database) {
    return "postgres://stele:"
        + passwords.stele()
        + "@127.0.0.1:"
        + supervisor.port()
        + "/"
        + database;
  }
}
