package dev.stele.server.sync;

import dev.stele.api.Limits;
import dev.stele.server.event.Viewer;
import dev.stele.server.inbox.InboxToken;
import dev.stele.server.projection.DeviceLists.News;
import dev.stele.server.sliding.ConnectionState;
import dev.stele.server.sliding.Extensions;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Reads what there is to tell a device besides rooms and its user's data. Thread-safe. */
record DeviceNewsReader(DeviceInbox inbox, DeviceListReader lists) {
  /**
   * What a device asks for.
   *
   * @param inbox up to where it has been told what was sent to it; null if it does not say
   * @param limit how many messages it takes at most; 0 if it wants none
   * @param after the position behind which things are new to it; 0 if it begins, and needs to be
   *     told of nobody's devices
   */
  record Asked(Viewer viewer, @Nullable InboxToken inbox, int limit, long after) {
    static Asked of(SyncRequest request) {
      return new Asked(
          request.viewer(), request.inbox(), Limits.MAX_SYNC_TO_DEVICE, request.after());
    }

    static Asked of(SlidingAsked asked) {
      Extensions.ToDevice wanted = asked.toDevice();
      ConnectionState state = asked.base().state();
      return new Asked(
          asked.viewer(),
          asked.inbox(),
          wanted == null ? 0 : wanted.limit(),
          asked.request().extensions().e2ee() && !state.isNew() ? state.position() : 0);
    }
  }

  /** What there is to tell up to a position, where the view stands. To be called on its loop. */
  Future<DeviceNews> read(LiveView view, ActiveUser user, Asked asked, long upTo) {
    Viewer viewer = asked.viewer;
    Future<DeviceInbox.Told> told =
        inbox.read(view, viewer, DeviceInbox.after(viewer, asked.inbox), upTo, asked.limit);
    Future<News> news =
        asked.after == 0
            ? Future.succeededFuture(News.NONE)
            : lists.read(view, user, asked.after, upTo);
    Future<LiveKeyCounts.Held> keys = view.keyCounts().of(viewer.userId(), viewer.deviceId());
    return view.here(Future.all(told, news, keys))
        .map(
            all ->
                new DeviceNews(
                    told.result(),
                    news.result(),
                    keys.result(),
                    asked.after > 0 && keys.result().changedAt() > asked.after));
  }
}
