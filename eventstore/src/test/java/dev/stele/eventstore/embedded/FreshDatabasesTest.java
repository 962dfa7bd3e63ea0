package dev.stele.eventstore.embedded;

import static dev.stele.eventstore.embedded.Waiting.await;
import static dev.stele.eventstore.embedded.Waiting.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.Test;

final class FreshDatabasesTest {
  @Test
  void fresh_givesAnEmptyDatabaseEachTime() {
    Vertx vertx = Vertx.vertx();
    FreshDatabases databases = await(FreshDatabases.ofThisJvm());
    String one = await(databases.fresh());
    String other = await(databases.fresh());
    assertThat(one).isNotEqualTo(other);

    row(vertx, one, "CREATE TABLE t ()");

    assertThat(row(vertx, other, "SELECT to_regclass('t')::text").getString(0)).isNull();
    await(vertx.close());
  }

  @Test
  void ofThisJvm_isOne() {
    assertThat(await(FreshDatabases.ofThisJvm())).isSameAs(await(FreshDatabases.ofThisJvm()));
  }
}
