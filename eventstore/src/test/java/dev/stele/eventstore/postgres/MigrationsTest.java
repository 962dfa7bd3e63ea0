package dev.stele.eventstore.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.eventstore.Appended;
import dev.stele.eventstore.Claim;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A log that an earlier Stele has made. */
final class MigrationsTest extends LogTest {
  private static final Claim USER = new Claim("user", "@älice:hs1");

  @Test
  void open_ofALogOfTheFirstVersion_keepsRecordsAndClaims() {
    Pool pool = PgBuilder.pool().connectingTo(url()).using(vertx()).build();
    await(Migrations.run(pool, 1));
    await(pool.close());
    sql(
        "INSERT INTO log.record VALUES (1, 's', 'k', 0, '{}', NULL), (2, 't', 'k', 0, '{2}', NULL);"
            + " INSERT INTO log.claim VALUES ('user', '@älice:hs1', 1);"
            + " UPDATE log.head SET position = 2");

    PostgresEventLog log = open(OPTIONS.withLease("server"));

    assertThat(log.committed()).isEqualTo(2);
    assertThat(await(log.holders(List.of(USER)))).isEqualTo(Map.of(USER, 1L));
    assertThat(skeletons(await(log.readStream("t", 0, 10)))).containsExactly("{2}");
    assertThat(await(log.append(claiming(null, USER)))).isEqualTo(new Appended.Conflict(USER, 1));
    assertThat(await(log.append(append("s", "{}")))).isEqualTo(new Appended.Committed(3));
  }
}
