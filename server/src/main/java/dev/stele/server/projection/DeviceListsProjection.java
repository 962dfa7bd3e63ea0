package dev.stele.server.projection;

import dev.stele.server.record.DeviceListChange;
import dev.stele.server.record.Entry;
import dev.stele.server.record.Fact;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** When each user's devices or cross-signing keys last changed in the eyes of others. */
public final class DeviceListsProjection implements Projection {
  private static final int VERSION = 1;

  @Override
  public String name() {
    return "device_lists";
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public List<String> tables() {
    return List.of("device_list_change");
  }

  @Override
  public boolean folds(Fact fact) {
    return fact instanceof DeviceListChange;
  }

  @Override
  public Future<Void> fold(SqlConnection transaction, List<Entry> entries) {
    Map<String, Long> newest = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry.fact() instanceof DeviceListChange change) {
        newest.put(change.userId(), entry.position());
      }
    }
    return Batch.execute(
        transaction,
        "INSERT INTO projection.device_list_change (user_id, position) VALUES ($1, $2)"
            + " ON CONFLICT (user_id) DO UPDATE SET position = excluded.position",
        newest.entrySet().stream()
            .map(change -> Tuple.of(change.getKey(), change.getValue()))
            .toList());
  }
}
