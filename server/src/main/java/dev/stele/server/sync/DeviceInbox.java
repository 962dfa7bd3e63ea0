package dev.stele.server.sync;

import dev.stele.server.event.Viewer;
import dev.stele.server.inbox.DeliveryProofs;
import dev.stele.server.inbox.InboxToken;
import dev.stele.server.projection.InboxMessage;
import dev.stele.server.projection.Inboxes;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what was sent to the device that asks. Thread-safe. */
final class DeviceInbox {
  private final Inboxes inboxes;
  private final DeliveryProofs proofs;

  DeviceInbox(Inboxes inboxes, DeliveryProofs proofs) {
    this.inboxes = inboxes;
    this.proofs = proofs;
  }

  /**
   * What to tell a device.
   *
   * @param messages the next messages, in order
   * @param upTo the position up to which there are no others
   */
  record Told(Viewer viewer, List<InboxMessage> messages, long upTo) {
    boolean isEmpty() {
      return messages.isEmpty();
    }

    /** What proves that the device has received them. */
    InboxToken token() {
      return InboxToken.of(viewer.userId(), viewer.deviceId(), upTo);
    }
  }

  /** The position after which a device has not been told yet; 0 if its token does not say. */
  static long after(Viewer viewer, @Nullable InboxToken since) {
    return since != null && since.isOf(viewer.userId(), viewer.deviceId()) ? since.position() : 0;
  }

  /** A device goes on from a token: what came before that need not be kept. */
  void goesOn(Viewer viewer, @Nullable InboxToken since) {
    long received = after(viewer, since);
    if (received > 0) {
      proofs.proven(viewer.userId(), viewer.deviceId(), received);
    }
  }

  /** This is sent to the device. */
  void tells(Told told) {
    if (!told.isEmpty()) {
      Viewer viewer = told.viewer;
      proofs.told(viewer.userId(), viewer.deviceId(), told.messages.get(0).position());
    }
  }

  /**
   * The oldest messages for a device behind one position and up to another: from memory if that
   * goes back so far. To be called on the view's event loop.
   */
  Future<Told> read(LiveView view, Viewer viewer, long after, long upTo, int limit) {
    if (limit == 0) {
      return Future.succeededFuture(new Told(viewer, List.of(), upTo));
    }
    String user = viewer.userId();
    String device = viewer.deviceId();
    Future<List<InboxMessage>> found =
        view.window().covers(after)
            ? Future.succeededFuture(view.window().toDevice(user, device, after, upTo))
            : view.here(inboxes.messages(user, device, after, upTo, limit + 1));
    return found.map(
        messages ->
            messages.size() <= limit
                ? new Told(viewer, messages, upTo)
                : new Told(viewer, messages.subList(0, limit), messages.get(limit - 1).position()));
  }
}
