package dev.stele.server.projection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.record.ProfileFieldSet;
import dev.stele.stateres.id.UserId;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The words of one batch that users are found by: of new user ids, and of new display names. */
final class UserWordRows {
  private static final String INSERT =
      "INSERT INTO projection.user_word (user_id, named, word)"
          + " SELECT $1, $2, unnest($3::text[])";

  private final List<Tuple> ids = new ArrayList<>();
  private final Map<String, List<String>> names = new LinkedHashMap<>();

  void register(String userId) {
    String localpart = UserId.parse(userId).map(UserId::localpart).orElse("");
    ids.add(row(userId, false, Words.of(localpart)));
  }

  void set(ProfileFieldSet set) {
    if (set.field().equals("displayname")) {
      JsonNode name = set.value();
      String text = name == null ? "" : Objects.requireNonNullElse(name.textValue(), "");
      names.put(set.userId(), Words.of(text));
    }
  }

  Future<Void> write(SqlConnection transaction) {
    List<Tuple> gone = names.keySet().stream().map(Tuple::of).toList();
    List<Tuple> added = new ArrayList<>();
    names.forEach((userId, words) -> added.add(row(userId, true, words)));
    return Batch.execute(transaction, INSERT, ids)
        .compose(
            written ->
                Batch.execute(
                    transaction,
                    "DELETE FROM projection.user_word WHERE user_id = $1 AND named",
                    gone))
        .compose(deleted -> Batch.execute(transaction, INSERT, added));
  }

  private static Tuple row(String userId, boolean named, List<String> words) {
    return Tuple.of(userId, named, words.toArray(String[]::new));
  }
}
