package dev.stele.server.sync;

import dev.stele.server.event.KnownEvent;
import dev.stele.server.record.AccountDataSet;
import dev.stele.server.record.ReceiptSent;
import dev.stele.server.sync.Window.RecentEvent;
import dev.stele.server.unread.RecentRecords;
import io.vertx.core.Future;
import java.util.List;

/** The newest records of an event loop, for those who count what is unread. */
record LiveRecords(LiveView view) implements RecentRecords {
  @Override
  public boolean covers(long position) {
    return view.window().covers(position);
  }

  @Override
  public List<KnownEvent> roomEvents(String roomId, long after) {
    return view.window().events(roomId, after).stream().map(RecentEvent::known).toList();
  }

  @Override
  public List<ReceiptSent> receipts(String roomId, long after) {
    return view.window().receipts(roomId, after);
  }

  @Override
  public List<AccountDataSet> accountData(String userId, long after) {
    return view.window().accountData(userId, after);
  }

  @Override
  public <T> Future<T> here(Future<T> future) {
    return view.here(future);
  }
}
