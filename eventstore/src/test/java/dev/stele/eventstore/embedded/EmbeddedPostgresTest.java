package dev.stele.eventstore.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedPostgresTest {
  @TempDir static Path directory;
  static Vertx vertx;
  static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    long start = System.nanoTime();
    postgres = await(EmbeddedPostgres.start(vertx, directory));
    System.out.println("first start ms " + (System.nanoTime() - start) / 1_000_000);
  }

  @AfterAll
  static void stop() {
    await(postgres.stop());
    await(vertx.close());
  }

  static <T> T await(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError("not within 20 s", e);
    }
  }

  @CanIgnoreReturnValue
  static Row row(String url, String sql) {
    return await(
        PgConnection.connect(vertx, url)
            .compose(c -> c.query(sql).execute().eventually(c::close))
            .map(rows -> rows.size() == 0 ? null : rows.iterator().next()));
  }

  @Test
  void start_again_keepsTheData() {
    row(postgres.url(), "CREATE TABLE kept AS SELECT 42 AS n");
    long stop = System.nanoTime();
    await(postgres.stop());
    long start = System.nanoTime();
    postgres = await(EmbeddedPostgres.start(vertx, directory));
    System.out.println(
        "stop ms "
            + (start - stop) / 1_000_000
            + " start ms "
            + (System.nanoTime() - start) / 1_000_000);
    assertThat(row(postgres.url(), "SELECT n FROM kept").getInteger(0)).isEqualTo(42);
  }

  @Test
  void start_inADirectoryInUse_isRefused() {
    assertThatThrownBy(() -> await(EmbeddedPostgres.start(vertx, directory)))
        .isInstanceOf(DataDirectoryInUse.class)
        .hasMessageContaining(directory.toString());
  }

  @Test
  void child_killed_comesBackOnTheSamePort() throws Exception {
    row(postgres.url(), "CREATE TABLE survived AS SELECT 1 AS n");
    ProcessHandle child =
        ProcessHandle.of(PidFile.read(directory.resolve("data")).orElseThrow().pid()).orElseThrow();
    assertThat(child.destroyForcibly()).isTrue();
    child.onExit().get(5, TimeUnit.SECONDS);
    assertThat(rowOnceBack("SELECT n FROM survived").getInteger(0)).isEqualTo(1);
  }

  private static Row rowOnceBack(String sql) {
    long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
    while (true) {
      try {
        return row(postgres.url(), sql);
      } catch (Exception notYet) {
        if (System.nanoTime() > end) {
          throw new AssertionError("PostgreSQL did not come back", notYet);
        }
      }
    }
  }

  @Test
  void createDatabase_isEmptyAndItsOwnersToUse() {
    String url = await(postgres.createDatabase("another"));
    row(url, "CREATE TABLE t AS SELECT 7 AS n");
    assertThat(row(url, "SELECT n FROM t").getInteger(0)).isEqualTo(7);
  }

  @Test
  void role_isOrdinary() {
    Row role =
        row(
            postgres.url(),
            "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user");
    assertThat(role.getBoolean(0)).isFalse();
    assertThat(role.getBoolean(1)).isFalse();
    assertThat(role.getBoolean(2)).isFalse();
  }

  @Test
  void passwords_areReadableByTheirOwnerOnly() throws Exception {
    var permissions = Files.getPosixFilePermissions(directory.resolve("data/stele.passwords"));
    assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rw-------");
  }

  @Test
  void settings_areUtf8CAndDurable() {
    Row settings =
        row(
            postgres.url(),
            "SELECT current_setting('server_encoding'), current_setting('lc_collate', true),"
                + " current_setting('fsync'), current_setting('TimeZone'), version()");
    assertThat(settings.getString(0)).isEqualTo("UTF8");
    assertThat(settings.getString(2)).isEqualTo("on");
    assertThat(settings.getString(3)).isEqualTo("UTC");
  }
}
