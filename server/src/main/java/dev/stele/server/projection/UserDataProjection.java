package dev.stele.server.projection;

import dev.stele.server.record.AccountDataSet;
import dev.stele.server.record.Entry;
import dev.stele.server.record.Fact;
import dev.stele.server.record.ReceiptSent;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What users have stored and acknowledged: account data and receipts, the newest of each. */
public final class UserDataProjection implements Projection {
  private static final int VERSION = 1;

  @Override
  public String name() {
    return "user_data";
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public List<String> tables() {
    return List.of("account_data", "receipt");
  }

  @Override
  public boolean folds(Fact fact) {
    return fact instanceof AccountDataSet || fact instanceof ReceiptSent;
  }

  @Override
  public Future<Void> fold(SqlConnection transaction, List<Entry> entries) {
    Map<List<String>, Entry> accountData = new LinkedHashMap<>();
    Map<List<String>, Entry> receipts = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry.fact() instanceof AccountDataSet set) {
        accountData.put(List.of(set.userId(), room(set), set.type()), entry);
      } else if (entry.fact() instanceof ReceiptSent sent) {
        receipts.put(List.of(sent.roomId(), sent.userId(), sent.type(), thread(sent)), entry);
      }
    }
    return writeAccountData(transaction, accountData.values())
        .compose(written -> writeReceipts(transaction, receipts.values()));
  }

  private static Future<Void> writeAccountData(SqlConnection transaction, Iterable<Entry> entries) {
    List<Tuple> written = new ArrayList<>();
    List<Tuple> erased = new ArrayList<>();
    for (Entry entry : entries) {
      AccountDataSet set = (AccountDataSet) entry.fact();
      if (set.content() == null) {
        erased.add(Tuple.of(set.userId(), room(set), set.type()));
      } else {
        written.add(
            Tuple.of(
                set.userId(), room(set), set.type(), set.content().toString(), entry.position()));
      }
    }
    return Batch.execute(
            transaction,
            "DELETE FROM projection.account_data"
                + " WHERE user_id = $1 AND room_id = $2 AND type = $3",
            erased)
        .compose(
            deleted ->
                Batch.execute(
                    transaction,
                    "INSERT INTO projection.account_data"
                        + " (user_id, room_id, type, content, position)"
                        + " VALUES ($1, $2, $3, $4, $5)"
                        + " ON CONFLICT (user_id, room_id, type) DO UPDATE"
                        + " SET content = excluded.content, position = excluded.position",
                    written));
  }

  private static Future<Void> writeReceipts(SqlConnection transaction, Iterable<Entry> entries) {
    Columns rows =
        new Columns(
            String.class,
            String.class,
            String.class,
            String.class,
            String.class,
            Long.class,
            Long.class);
    for (Entry entry : entries) {
      ReceiptSent sent = (ReceiptSent) entry.fact();
      rows.add(
          sent.roomId(),
          sent.userId(),
          sent.type(),
          thread(sent),
          sent.eventId(),
          sent.ts(),
          entry.position());
    }
    return rows.execute(
        transaction,
        "INSERT INTO projection.receipt"
            + " (room_id, user_id, type, thread_id, event_id, ts, position)"
            + " SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[],"
            + " $6::bigint[], $7::bigint[])"
            + " ON CONFLICT (room_id, user_id, type, thread_id) DO UPDATE"
            + " SET event_id = excluded.event_id, ts = excluded.ts, position = excluded.position");
  }

  private static String room(AccountDataSet set) {
    return set.roomId() == null ? "" : set.roomId();
  }

  private static String thread(ReceiptSent sent) {
    return sent.threadId() == null ? "" : sent.threadId();
  }
}
