package dev.stele.eventstore.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;

/** The version of PostgreSQL that we talk to, which must be new enough for what we ask of it. */
final class ServerVersion {
  private static final int OLDEST = 13;
  private static final int MAJOR = 10_000;

  private ServerVersion() {}

  /** Fails with a {@link DatabaseException} where the server is too old. */
  static Future<Void> check(Pool pool) {
    return pool.query("SELECT current_setting('server_version_num')::int AS number")
        .execute()
        .compose(rows -> check(rows.iterator().next().getInteger("number")));
  }

  /**
   * Judges a version.
   *
   * @param number as PostgreSQL counts: 130004 is 13.4
   */
  static Future<Void> check(int number) {
    return number >= OLDEST * MAJOR
        ? Future.succeededFuture()
        : Future.failedFuture(
            new DatabaseException(
                "PostgreSQL is of version "
                    + number / MAJOR
                    + " (expected: "
                    + OLDEST
                    + " or newer)"));
  }
}
