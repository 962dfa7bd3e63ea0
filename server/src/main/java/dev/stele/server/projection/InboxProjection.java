package dev.stele.server.projection;

import dev.stele.server.record.DeviceOpened;
import dev.stele.server.record.DevicesClosed;
import dev.stele.server.record.Entry;
import dev.stele.server.record.Fact;
import dev.stele.server.record.InboxRead;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.ToDeviceSent;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;

/**
 * What waits for devices to be received: the messages that were sent to each, in order.
 *
 * <p>What nobody waits for any more is erased from the log as well, which may be repeated without
 * harm. How much may wait is decided from the skeletons of records alone, so that a rebuild after
 * the erasure decides the same.
 */
public final class InboxProjection implements Projection {
  private static final int VERSION = 1;

  private final RecordLog log;
  private final InboxLimits limits;
  private final LongAdder dropped = new LongAdder();

  public InboxProjection(RecordLog log, InboxLimits limits) {
    this.log = log;
    this.limits = limits;
  }

  @Override
  public String name() {
    return "inbox";
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public List<String> tables() {
    return List.of("inbox_device", "inbox_message", "inbox_content");
  }

  @Override
  public boolean folds(Fact fact) {
    return fact instanceof ToDeviceSent
        || fact instanceof InboxRead
        || fact instanceof DeviceOpened
        || fact instanceof DevicesClosed;
  }

  @Override
  public Future<Void> fold(SqlConnection transaction, List<Entry> entries) {
    InboxBatch batch = new InboxBatch(entries, limits);
    InboxRows rows = new InboxRows(transaction);
    return rows.inboxes(batch.devices())
        .compose(stored -> rows.load(batch.crowded(stored)).map(loaded -> batch.fold(stored)))
        .compose(
            result ->
                rows.write(result)
                    .compose(unheard -> erase(unheard, result.unheard()))
                    .onSuccess(done -> dropped.add(result.dropped())));
  }

  /** How many messages had to go unread since this server started, because inboxes were full. */
  public long dropped() {
    return dropped.sum();
  }

  private Future<Void> erase(Collection<Long> earlier, Collection<Long> now) {
    Set<Long> positions = new TreeSet<>(earlier);
    positions.addAll(now);
    return positions.isEmpty() ? Future.succeededFuture() : log.erase(positions).mapEmpty();
  }
}
