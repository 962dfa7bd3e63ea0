package dev.stele.server.projection;

import dev.stele.server.record.Entry;
import dev.stele.server.record.Fact;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;

/**
 * A fold over the log into tables of the schema {@code projection}. A pure function of the log: the
 * same records in batches of any size give the same rows.
 */
public interface Projection {
  /** Names its checkpoint, and the folder {@code db/projection/NAME} that holds its tables. */
  String name();

  /**
   * Counts the changes of what it folds or how its tables look, from 1 on. To be raised with each:
   * tables that another version has made are dropped at the next start, and folded anew.
   */
  int version();

  /** Its tables, each in the file of its name; created in this order. */
  List<String> tables();

  /** Whether facts of this kind matter to it. */
  boolean folds(Fact fact);

  /**
   * Folds facts into the tables, within a transaction that also moves the checkpoint. May be called
   * again with the same facts when the transaction did not commit; nothing of a failed try may be
   * remembered.
   *
   * @param entries at least one, all of which {@link #folds}; in position order
   */
  Future<Void> fold(SqlConnection transaction, List<Entry> entries);

  /** Forgets what it holds in memory: the tables were emptied, or a fold failed. */
  default void reset() {}
}
