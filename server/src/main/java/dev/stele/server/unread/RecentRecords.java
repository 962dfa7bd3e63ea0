package dev.stele.server.unread;

import dev.stele.server.event.KnownEvent;
import dev.stele.server.record.AccountDataSet;
import dev.stele.server.record.ReceiptSent;
import io.vertx.core.Future;
import java.util.List;

/**
 * The newest records of the log, as far as they are in memory. They belong to one thread, which
 * alone may ask.
 */
public interface RecentRecords {
  /** Whether everything after a position is here. */
  boolean covers(long position);

  /** The room's events after a position, in order. */
  List<KnownEvent> roomEvents(String roomId, long after);

  /** The receipts of a room after a position, in order. */
  List<ReceiptSent> receipts(String roomId, long after);

  /** What account data a user stored after a position, in order. */
  List<AccountDataSet> accountData(String userId, long after);

  /** The same future, completing on the thread that may ask. */
  <T> Future<T> here(Future<T> future);
}
