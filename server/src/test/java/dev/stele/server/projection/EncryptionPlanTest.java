package dev.stele.server.projection;

import static dev.stele.server.http.TestEdge.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.eventstore.embedded.FreshDatabases;
import dev.stele.eventstore.postgres.LogOptions;
import dev.stele.eventstore.postgres.PostgresEventLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Questions about keys are answered from an index, among the keys of many. */
final class EncryptionPlanTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static PostgresEventLog store;

  @BeforeAll
  static void fill() {
    String url = await(await(FreshDatabases.ofThisJvm()).fresh());
    LogOptions options = LogOptions.defaults(InstantSource.system());
    store = await(PostgresEventLog.open(VERTX, url, options, new SimpleMeterRegistry()));
    await(Schema.prepare(List.of(new EncryptionProjection()), store.pool()));
    execute(
        "INSERT INTO projection.device_key SELECT '@u' || (i / 3) || ':test', 'D' || (i % 3), '{}'"
            + " FROM generate_series(1, 30000) AS i");
    execute(
        "INSERT INTO projection.one_time_key SELECT '@u' || (i / 50) || ':test', 'D1', 'x:' || i,"
            + " 'x', i, '{}', i::text FROM generate_series(1, 60000) AS i");
    execute(
        "INSERT INTO projection.fallback_key SELECT '@u' || i || ':test', 'D1', 'x', 'x:F', i, '{}'"
            + " FROM generate_series(1, 10000) AS i");
    execute(
        "INSERT INTO projection.cross_signing_key SELECT '@u' || i || ':test', usage, usage || i,"
            + " '{}' FROM generate_series(1, 10000) AS i,"
            + " unnest(ARRAY['master', 'self_signing', 'user_signing']) AS usage");
    // of one whom everybody has verified
    execute(
        "INSERT INTO projection.key_signature SELECT '@u7:test', 'master7', '@u' || i || ':test',"
            + " 'ed25519:user_signing' || i, 's' FROM generate_series(1, 60000) AS i");
    execute("ANALYZE");
  }

  @AfterAll
  static void close() {
    await(store.close());
    await(VERTX.close());
  }

  @Test
  void keysOfManyUsers_areFoundByTheirOwners() {
    String[] users = users(200);

    assertIndexed(EncryptionKeys.DEVICE_KEYS, Tuple.tuple().addArrayOfString(users));
    assertIndexed(EncryptionKeys.CROSS_SIGNING_KEYS, Tuple.tuple().addArrayOfString(users));
  }

  @Test
  void signatures_ofOneWhomManyHaveSigned_areFoundBySigner() {
    Tuple question = Tuple.tuple().addArrayOfString(users(200)).addString("@u9:test");

    assertIndexed(EncryptionKeys.SIGNATURES, question);
    assertThat(plan(EncryptionKeys.SIGNATURES, question)).contains("signer_id = ANY");
  }

  @Test
  void counts_areThoseOfOneDevice() {
    assertThat(plan(EncryptionKeys.COUNTS, Tuple.of("@u7:test", "D1")))
        .contains("one_time_key")
        .contains("fallback_key_pkey")
        .doesNotContain("Seq Scan on one_time_key", "Seq Scan on fallback_key");
  }

  @Test
  void claims_ofManyDevices_takeTheOldestByIndex() {
    String[] users = users(1_000);
    String[] devices = filled(users.length, "D1");
    String[] algorithms = filled(users.length, "x");
    Integer[] counts = new Integer[users.length];
    Arrays.fill(counts, 1);
    Tuple question =
        Tuple.tuple()
            .addArrayOfString(users)
            .addArrayOfString(devices)
            .addArrayOfString(algorithms)
            .addArrayOfInteger(counts);

    assertThat(plan(EncryptionKeys.CLAIMABLE, question))
        .contains("one_time_key_oldest")
        .doesNotContain("Seq Scan on one_time_key");
  }

  private static String[] users(int count) {
    return IntStream.range(0, count).mapToObj(i -> "@u" + i + ":test").toArray(String[]::new);
  }

  private static String[] filled(int length, String value) {
    String[] filled = new String[length];
    Arrays.fill(filled, value);
    return filled;
  }

  private static void assertIndexed(String sql, Tuple parameters) {
    assertThat(plan(sql, parameters)).contains("Index").doesNotContain("Seq Scan");
  }

  private static String plan(String sql, Tuple parameters) {
    StringBuilder plan = new StringBuilder();
    for (Row row : await(store.pool().preparedQuery("EXPLAIN " + sql).execute(parameters))) {
      plan.append(row.getString(0)).append('\n');
    }
    return plan.toString();
  }

  private static void execute(String sql) {
    var unused = await(store.pool().query(sql).execute());
  }
}
