package dev.stele.server.projection;

import dev.stele.server.record.Entry;
import dev.stele.server.record.LoginTokenSpent;
import dev.stele.server.record.ShortTokenIssued;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/** What a batch does to tokens of a short life. */
final class ShortTokenRows {
  private static final String EXPIRE =
      "DELETE FROM projection.short_token WHERE user_id = $1 AND expires_at < $2";

  private static final String ISSUE =
      "INSERT INTO projection.short_token (token_hash, user_id, purpose, expires_at)"
          + " VALUES ($1, $2, $3, $4)";

  private static final String SPEND = "DELETE FROM projection.short_token WHERE token_hash = $1";

  private final Steps steps = new Steps();

  void issue(Entry entry, ShortTokenIssued issued) {
    steps.add(EXPIRE, Tuple.of(issued.userId(), entry.recordedAt()));
    steps.add(
        ISSUE,
        Tuple.of(issued.tokenHash(), issued.userId(), issued.purpose().name(), issued.expiresAt()));
  }

  void spend(LoginTokenSpent spent) {
    steps.add(SPEND, Tuple.of(spent.tokenHash()));
  }

  Future<Void> write(SqlConnection transaction) {
    return steps.execute(transaction);
  }
}
