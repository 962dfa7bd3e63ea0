package dev.stele.server.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Questions about keys are answered from an index, among the keys of many. */
final class EncryptionPlanTest {
  private static FoldedLog folded;

  @BeforeAll
  static void fill() {
    folded = new FoldedLog(new EncryptionProjection());
    folded.execute(
        "INSERT INTO projection.device_key SELECT '@u' || (i / 3) || ':test', 'D' || (i % 3), '{}'"
            + " FROM generate_series(1, 30000) AS i");
    folded.execute(
        "INSERT INTO projection.one_time_key SELECT '@u' || (i / 50) || ':test', 'D1', 'x:' || i,"
            + " 'x', i, '{}', i::text FROM generate_series(1, 60000) AS i");
    folded.execute(
        "INSERT INTO projection.fallback_key SELECT '@u' || i || ':test', 'D1', 'x', 'x:F', i, '{}'"
            + " FROM generate_series(1, 10000) AS i");
    folded.execute(
        "INSERT INTO projection.cross_signing_key SELECT '@u' || i || ':test', usage, usage || i,"
            + " '{}' FROM generate_series(1, 10000) AS i,"
            + " unnest(ARRAY['master', 'self_signing', 'user_signing']) AS usage");
    // of one whom everybody has verified
    folded.execute(
        "INSERT INTO projection.key_signature SELECT '@u7:test', 'master7', '@u' || i || ':test',"
            + " 'ed25519:user_signing' || i, 's' FROM generate_series(1, 60000) AS i");
    folded.execute("ANALYZE");
  }

  @AfterAll
  static void close() {
    folded.close();
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
    assertThat(folded.plan(EncryptionKeys.SIGNATURES, question)).contains("signer_id = ANY");
  }

  @Test
  void counts_areThoseOfOneDevice() {
    assertThat(folded.plan(EncryptionKeys.COUNTS, Tuple.of("@u7:test", "D1")))
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

    assertThat(folded.plan(EncryptionKeys.CLAIMABLE, question))
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
    assertThat(folded.plan(sql, parameters)).contains("Index").doesNotContain("Seq Scan");
  }
}
