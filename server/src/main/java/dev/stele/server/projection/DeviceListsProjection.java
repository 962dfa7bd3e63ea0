package dev.stele.server.projection;

import dev.stele.server.record.DeviceListChange;
import dev.stele.server.record.Entry;
import dev.stele.server.record.Fact;
import dev.stele.server.record.KeySignature;
import dev.stele.server.record.UsersVerified;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * When each user's devices or cross-signing keys last changed in the eyes of others, and in those
 * of one who verified them.
 */
public final class DeviceListsProjection implements Projection {
  private static final int VERSION = 2;

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
    return List.of("device_list_change", "user_verified");
  }

  @Override
  public boolean folds(Fact fact) {
    return fact instanceof DeviceListChange || fact instanceof UsersVerified;
  }

  @Override
  public Future<Void> fold(SqlConnection transaction, List<Entry> entries) {
    Map<String, Long> newest = new LinkedHashMap<>();
    Map<Verified, Long> verified = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry.fact() instanceof DeviceListChange change && change.looksDifferent()) {
        newest.put(change.userId(), entry.position());
      } else if (entry.fact() instanceof UsersVerified users) {
        for (KeySignature signature : users.signatures()) {
          verified.put(new Verified(users.userId(), signature.userId()), entry.position());
        }
      }
    }
    return Batch.execute(
            transaction,
            "INSERT INTO projection.device_list_change (user_id, position) VALUES ($1, $2)"
                + " ON CONFLICT (user_id) DO UPDATE SET position = excluded.position",
            newest.entrySet().stream()
                .map(change -> Tuple.of(change.getKey(), change.getValue()))
                .toList())
        .compose(
            written ->
                Batch.execute(
                    transaction,
                    "INSERT INTO projection.user_verified (signer, user_id, position)"
                        + " VALUES ($1, $2, $3) ON CONFLICT (signer, user_id)"
                        + " DO UPDATE SET position = excluded.position",
                    verified.entrySet().stream()
                        .map(pair -> pair.getKey().row(pair.getValue()))
                        .toList()));
  }

  private record Verified(String signer, String userId) {
    Tuple row(long position) {
      return Tuple.of(signer, userId, position);
    }
  }
}
