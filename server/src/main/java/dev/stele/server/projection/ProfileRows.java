package dev.stele.server.projection;

import dev.stele.server.record.ProfileFieldSet;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The profile rows of one batch: the last value of each field. */
final class ProfileRows {
  private final Map<Key, ProfileFieldSet> last = new LinkedHashMap<>();

  void set(ProfileFieldSet set) {
    last.put(new Key(set.userId(), set.field()), set);
  }

  Future<Void> write(SqlConnection transaction) {
    List<Tuple> removed = new ArrayList<>();
    List<Tuple> written = new ArrayList<>();
    for (ProfileFieldSet set : last.values()) {
      if (set.value() == null) {
        removed.add(Tuple.of(set.userId(), set.field()));
      } else {
        written.add(Tuple.of(set.userId(), set.field(), set.value().toString()));
      }
    }
    return Batch.execute(
            transaction,
            "DELETE FROM projection.profile WHERE user_id = $1 AND field = $2",
            removed)
        .compose(
            deleted ->
                Batch.execute(
                    transaction,
                    "INSERT INTO projection.profile (user_id, field, value) VALUES ($1, $2, $3)"
                        + " ON CONFLICT (user_id, field) DO UPDATE SET value = excluded.value",
                    written));
  }

  private record Key(String userId, String field) {}
}
