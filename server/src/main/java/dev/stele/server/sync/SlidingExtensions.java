package dev.stele.server.sync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.projection.UserData;
import dev.stele.server.record.ReceiptSent;
import dev.stele.server.sliding.Connections;
import dev.stele.server.sliding.Extensions;
import dev.stele.server.sliding.SentRoom;
import dev.stele.server.sync.SyncAnswer.TypedContent;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a connection is told besides rooms: account data, receipts and typing notices of the rooms
 * that the request is about. Belongs to one event loop.
 */
final class SlidingExtensions {
  private final SlidingServices services;
  private final LiveView view;
  private final ActiveUser user;
  private final Connections.Base base;
  private final ObjectNode data = JsonNodeFactory.instance.objectNode();

  SlidingExtensions(
      SlidingServices services, LiveView view, ActiveUser user, Connections.Base base) {
    this.services = services;
    this.view = view;
    this.user = user;
    this.base = base;
  }

  /**
   * What there is to tell.
   *
   * @param data the other extensions with news
   */
  record Told(Extensions wanted, DeviceNews devices, ObjectNode data) {
    boolean isEmpty() {
      return data.isEmpty()
          && (wanted.toDevice() == null || devices.inbox().isEmpty())
          && (!wanted.e2ee() || (devices.lists().isEmpty() && !devices.keysChanged()));
    }

    /** What of it was sent to the device; nothing if that is not wanted. */
    Optional<DeviceInbox.Told> inbox() {
      return wanted.toDevice() == null ? Optional.empty() : Optional.of(devices.inbox());
    }
  }

  Future<Told> read(
      SlidingAsked asked,
      Future<DeviceNews> devices,
      List<SlidingRoom> rooms,
      Map<String, SlidingNews> news) {
    Extensions wanted = asked.request().extensions();
    if (wanted.typing()) {
      rooms.stream().filter(SlidingRoom::isJoined).forEach(this::typing);
    }
    return receipts(wanted, rooms, news)
        .compose(done -> accountData(wanted, rooms))
        .compose(done -> devices)
        .map(told -> new Told(wanted, told, data));
  }

  private void typing(SlidingRoom room) {
    TypingNotices.Typing typing = services.sync().typing().in(room.id());
    SentRoom sent = room.sent();
    if (typing == null) {
      return;
    }
    boolean news =
        (sent == null || room.isInitial())
            ? !typing.users().isEmpty()
            : typing.count() > sent.typing();
    if (news) {
      data.withObjectProperty("typing")
          .withObjectProperty("rooms")
          .set(
              room.id(),
              Ephemeral.typing(typing.users().stream().filter(id -> !user.ignores(id)).toList()));
    }
  }

  private Future<Void> receipts(
      Extensions wanted, List<SlidingRoom> rooms, Map<String, SlidingNews> news) {
    if (!wanted.receipts()) {
      return Future.succeededFuture();
    }
    Map<String, Long> stored = new HashMap<>();
    for (SlidingRoom room : rooms) {
      if (room.isJoined() && room.after() > 0 && view.window().covers(room.after())) {
        addReceipts(room.id(), view.window().receipts(room.id(), room.after()), null);
      } else if (room.isJoined()) {
        stored.put(room.id(), room.after());
      }
    }
    return stored.isEmpty()
        ? Future.succeededFuture()
        : view.here(services.sync().userNews().receipts(stored, user.userId()))
            .map(
                receipts -> {
                  receipts.forEach(
                      (room, sent) ->
                          addReceipts(
                              room,
                              sent,
                              stored.getOrDefault(room, 0L) == 0 ? news.get(room) : null));
                  return null;
                });
  }

  /** Of a room that is new to the client, the receipts of what it shows, and the user's own. */
  private void addReceipts(String roomId, List<ReceiptSent> receipts, @Nullable SlidingNews anew) {
    Set<String> shown = new HashSet<>();
    if (anew != null && anew.slice() != null) {
      for (ShownEvent event : anew.slice().timeline()) {
        shown.add(event.event().id());
      }
    }
    List<ReceiptSent> visible =
        receipts.stream()
            .filter(receipt -> Ephemeral.visible(receipt, user.userId()))
            .filter(
                receipt ->
                    anew == null
                        || receipt.userId().equals(user.userId())
                        || shown.contains(receipt.eventId()))
            // Only one event has room: of two receipts at one place that for all of the room.
            .sorted(Comparator.comparing(receipt -> receipt.threadId() != null))
            .toList();
    if (!visible.isEmpty()) {
      data.withObjectProperty("receipts")
          .withObjectProperty("rooms")
          .set(roomId, Ephemeral.receipts(visible).get(0));
    }
  }

  private Future<Void> accountData(Extensions wanted, List<SlidingRoom> rooms) {
    if (!wanted.accountData()) {
      return Future.succeededFuture();
    }
    long after = base.state().position();
    boolean anew = rooms.stream().anyMatch(room -> room.after() == 0);
    boolean recent = !base.state().isNew() && view.window().covers(after);
    if (recent && !anew) {
      tell(services.sync().userNews().recent(view, user.userId(), after), rooms, false);
      return Future.succeededFuture();
    }
    return view.here(services.sync().userNews().accountData(user.userId(), 0))
        .compose(
            all ->
                news(recent, after)
                    .map(
                        news -> {
                          tell(news, rooms, false);
                          tell(all, rooms, true);
                          return null;
                        }));
  }

  private Future<Map<String, List<TypedContent>>> news(boolean recent, long after) {
    return recent
        ? Future.succeededFuture(services.sync().userNews().recent(view, user.userId(), after))
        : view.here(services.sync().userNews().accountData(user.userId(), after));
  }

  private void tell(
      Map<String, List<TypedContent>> contents, List<SlidingRoom> rooms, boolean initially) {
    List<TypedContent> global = contents.getOrDefault(UserData.GLOBAL, List.of());
    if (!initially && !global.isEmpty()) {
      var events = data.withObjectProperty("account_data").putArray("global");
      global.forEach(content -> events.add(event(content)));
    }
    for (SlidingRoom room : rooms) {
      List<TypedContent> ofRoom = contents.getOrDefault(room.id(), List.of());
      if (initially == (room.after() == 0) && !ofRoom.isEmpty()) {
        var events =
            data.withObjectProperty("account_data").withObjectProperty("rooms").putArray(room.id());
        ofRoom.forEach(content -> events.add(event(content)));
      }
    }
  }

  private static ObjectNode event(TypedContent content) {
    ObjectNode event = JsonNodeFactory.instance.objectNode().put("type", content.type());
    event.set("content", content.content());
    return event;
  }
}
