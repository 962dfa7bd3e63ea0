package dev.stele.server.projection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.record.AccountDataSet;
import dev.stele.server.record.Fact;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whom users ignore, read off their account data. Client-server API, "Ignoring Users". It belongs
 * to the rooms, because it decides what their timelines show.
 */
public final class IgnoredUsers {
  private static final String TYPE = "m.ignored_user_list";

  private final Map<String, Set<String>> last = new LinkedHashMap<>();

  IgnoredUsers() {}

  /** Whether a fact says whom a user ignores. */
  public static boolean says(Fact fact) {
    return fact instanceof AccountDataSet set && set.roomId() == null && set.type().equals(TYPE);
  }

  /** Whom a user ignores by their account data. Nobody can ignore themselves. */
  public static Set<String> of(AccountDataSet set) {
    Set<String> ignored = new TreeSet<>();
    JsonNode content = set.content();
    if (content != null) {
      content.path("ignored_users").fieldNames().forEachRemaining(ignored::add);
    }
    ignored.remove(set.userId());
    return ignored;
  }

  void add(AccountDataSet set) {
    last.put(set.userId(), of(set));
  }

  Future<Void> write(SqlConnection transaction) {
    List<Tuple> users = new ArrayList<>();
    List<Tuple> rows = new ArrayList<>();
    last.forEach(
        (userId, ignored) -> {
          users.add(Tuple.of(userId));
          ignored.forEach(other -> rows.add(Tuple.of(userId, other)));
        });
    return Batch.execute(
            transaction, "DELETE FROM projection.ignored_user WHERE user_id = $1", users)
        .compose(
            deleted ->
                Batch.execute(
                    transaction,
                    "INSERT INTO projection.ignored_user (user_id, ignored) VALUES ($1, $2)",
                    rows));
  }
}
