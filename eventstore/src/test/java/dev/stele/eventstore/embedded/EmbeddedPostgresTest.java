package dev.stele.eventstore.embedded;

import static dev.stele.eventstore.embedded.Waiting.await;
import static dev.stele.eventstore.embedded.Waiting.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
    postgres = await(EmbeddedPostgres.start(vertx, directory));
  }

  @AfterAll
  static void stop() {
    await(postgres.stop());
    await(vertx.close());
  }

  @Test
  void start_again_keepsTheData() {
    row(vertx, postgres.url(), "CREATE TABLE kept AS SELECT 42 AS n");
    await(postgres.stop());
    postgres = await(EmbeddedPostgres.start(vertx, directory));
    assertThat(row(vertx, postgres.url(), "SELECT n FROM kept").getInteger(0)).isEqualTo(42);
  }

  @Test
  void start_inADirectoryInUse_isRefused() {
    assertThatThrownBy(() -> await(EmbeddedPostgres.start(vertx, directory)))
        .isInstanceOf(DataDirectoryInUse.class)
        .hasMessageContaining(directory.toString());
  }

  @Test
  void createDatabase_isEmptyAndItsOwnersToUse() {
    String url = await(postgres.createDatabase("another"));
    row(vertx, url, "CREATE TABLE t AS SELECT 7 AS n");
    assertThat(row(vertx, url, "SELECT n FROM t").getInteger(0)).isEqualTo(7);
  }

  @Test
  void role_isOrdinary() {
    Row role =
        row(
            vertx,
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
  void database_isUtf8InTheCLocaleAndDurable() {
    Row settings =
        row(
            vertx,
            postgres.url(),
            "SELECT pg_encoding_to_char(encoding)::text, datcollate::text,"
                + " current_setting('fsync'), current_setting('TimeZone')"
                + " FROM pg_database WHERE datname = current_database()");
    assertThat(settings.getString(0)).isEqualTo("UTF8");
    assertThat(settings.getString(1)).isEqualTo("C");
    assertThat(settings.getString(2)).isEqualTo("on");
    assertThat(settings.getString(3)).isEqualTo("UTC");
  }

  @Test
  void connection_withAWrongPassword_isRefused() {
    String wrong = postgres.url().replaceFirst(":[0-9a-f]+@", ":wrong@");
    assertThatThrownBy(() -> row(vertx, wrong, "SELECT 1"))
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void createDatabase_ofAnImproperName_isRefused() {
    assertThatThrownBy(() -> await(postgres.createDatabase("x; DROP DATABASE stele")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
