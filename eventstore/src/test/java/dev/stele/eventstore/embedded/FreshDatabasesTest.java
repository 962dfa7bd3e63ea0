package dev.stele.eventstore.embedded;

import static dev.stele.eventstore.embedded.Waiting.await;
import static dev.stele.eventstore.embedded.Waiting.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import java.util.concurrent.atomic.AtomicInteger;
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
  void copy_beginsAsWhatWasPreparedOnce() {
    Vertx vertx = Vertx.vertx();
    FreshDatabases databases = await(FreshDatabases.ofThisJvm());
    AtomicInteger prepared = new AtomicInteger();

    String one = await(databases.copy("kind", url -> prepare(vertx, url, prepared)));
    String other = await(databases.copy("kind", url -> prepare(vertx, url, prepared)));
    row(vertx, one, "DROP TABLE t");

    assertThat(row(vertx, other, "SELECT to_regclass('t')::text").getString(0)).isEqualTo("t");
    assertThat(prepared).hasValue(1);
    await(vertx.close());
  }

  private static Future<Void> prepare(Vertx vertx, String url, AtomicInteger prepared) {
    prepared.incrementAndGet();
    return PgConnection.connect(vertx, url)
        .compose(one -> one.query("CREATE TABLE t ()").execute().eventually(one::close))
        .mapEmpty();
  }

  @Test
  void copy_thatCannotBePrepared_isTriedAgain() {
    FreshDatabases databases = await(FreshDatabases.ofThisJvm());

    Future<String> failed = databases.copy("broken", url -> Future.failedFuture("not today"));
    boolean refused = await(failed.transform(result -> Future.succeededFuture(result.failed())));
    assertThat(refused).isTrue();

    assertThat(await(databases.copy("broken", url -> Future.succeededFuture()))).isNotNull();
  }

  @Test
  void ofThisJvm_isOne() {
    assertThat(await(FreshDatabases.ofThisJvm())).isSameAs(await(FreshDatabases.ofThisJvm()));
  }
}
