package dev.stele.server.sync;

import dev.stele.server.event.Viewer;
import dev.stele.server.projection.DeviceLists.News;
import dev.stele.server.projection.KeyCounts;
import dev.stele.server.sync.LiveKeyCounts.Held;
import java.util.List;
import java.util.Map;

/**
 * What a device is told besides rooms and its user's data. Client-server API, the "Extensions to
 * /sync" of send-to-device messaging and of end-to-end encryption.
 *
 * @param inbox what was sent to it
 * @param lists whose devices it has to look at anew
 * @param keys what it has left of its keys
 * @param keysChanged whether that is news
 */
record DeviceNews(DeviceInbox.Told inbox, News lists, Held keys, boolean keysChanged) {
  /** Nothing, for who wants to know of nothing. */
  static DeviceNews none(Viewer viewer, long upTo) {
    KeyCounts counts = new KeyCounts(viewer.userId(), viewer.deviceId(), upTo, Map.of(), Map.of());
    return new DeviceNews(
        new DeviceInbox.Told(viewer, List.of(), upTo), News.NONE, new Held(counts, 0), false);
  }

  boolean isEmpty() {
    return inbox.isEmpty() && lists.isEmpty() && !keysChanged;
  }
}
