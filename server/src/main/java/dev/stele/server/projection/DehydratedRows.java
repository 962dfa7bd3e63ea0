package dev.stele.server.projection;

import dev.stele.server.record.DehydratedDeviceStored;
import dev.stele.server.record.DeviceOpened;
import dev.stele.server.record.DevicesClosed;
import dev.stele.server.record.Fact;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/** What a batch does to dehydrated devices. One on which somebody logs in is none any more. */
final class DehydratedRows {
  private static final String END =
      "DELETE FROM projection.dehydrated_device WHERE user_id = $1 AND device_id = $2";

  private static final String STORE =
      "INSERT INTO projection.dehydrated_device (user_id, device_id, device_data)"
          + " VALUES ($1, $2, $3) ON CONFLICT (user_id) DO UPDATE"
          + " SET device_id = excluded.device_id, device_data = excluded.device_data";

  private final Steps steps = new Steps();

  void fold(Fact fact) {
    if (fact instanceof DehydratedDeviceStored stored && stored.deviceData() != null) {
      steps.add(
          STORE, Tuple.of(stored.userId(), stored.deviceId(), stored.deviceData().toString()));
    } else if (fact instanceof DeviceOpened opened) {
      steps.add(END, Tuple.of(opened.userId(), opened.deviceId()));
    } else if (fact instanceof DevicesClosed closed) {
      closed.deviceIds().forEach(id -> steps.add(END, Tuple.of(closed.userId(), id)));
    }
  }

  Future<Void> write(SqlConnection transaction) {
    return steps.execute(transaction);
  }
}
