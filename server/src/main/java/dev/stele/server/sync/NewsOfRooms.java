package dev.stele.server.sync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.history.PageToken;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.record.ReceiptSent;
import dev.stele.server.sync.SyncAnswer.TypedContent;
import dev.stele.server.unread.Unread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Puts together what there is to tell of a room: what was read of it, what the user stored, what is
 * said there without staying, and how much is unread.
 */
final class NewsOfRooms {
  private final SyncScope scope;
  private final SyncAnswer answer;

  /** The rooms that the user has come into since. */
  private final List<String> newRooms = new ArrayList<>();

  NewsOfRooms(SyncScope scope, SyncAnswer answer) {
    this.scope = scope;
    this.answer = answer;
  }

  /**
   * What was read of a room.
   *
   * @param row the user's membership
   * @param data what the user stored, by room
   * @param receipts the receipts of the room
   * @param unread how much of it the user has not read
   */
  record Found(
      MembershipRow row,
      RoomReading reading,
      Map<String, List<TypedContent>> data,
      List<ReceiptSent> receipts,
      Unread unread) {}

  /** The rooms that the user has come into, of those that were found. */
  List<String> newRooms() {
    return newRooms;
  }

  /** Adds a room to the answer if there is something to tell of it. */
  void add(Found found) {
    RoomNews news = of(found);
    SyncRequest request = scope.request();
    boolean counts = news.unread().changedAt() > request.after();
    if (request.complete() || news.left() || counts || !news.isEmpty()) {
      answer.add(news);
    }
  }

  RoomNews of(Found found) {
    MembershipRow row = found.row();
    RoomReading reading = found.reading();
    Slice slice = reading.slice();
    SyncRequest request = scope.request();
    boolean isIn = SyncScope.isIn(row);
    if (reading.anew() && isIn && request.since() != null) {
      newRooms.add(row.roomId());
    }
    boolean anew = reading.anew() || request.complete();
    scope.services().lazyMembers().shown(request, row.roomId(), slice, scope.upTo(), anew);
    return new RoomNews(
        row.roomId(),
        !isIn,
        slice,
        slice.start() == null ? null : PageToken.of(slice.start()).toString(),
        accountData(row.roomId(), found.data()),
        isIn ? ephemeral(row.roomId(), reading.anew(), found.receipts()) : List.of(),
        found.unread());
  }

  private List<TypedContent> accountData(String roomId, Map<String, List<TypedContent>> data) {
    return data.getOrDefault(roomId, List.of()).stream()
        .filter(content -> Wanted.by(scope.filter().accountData(), roomId, content.type()))
        .toList();
  }

  private List<ObjectNode> ephemeral(String roomId, boolean anew, List<ReceiptSent> receipts) {
    ActiveUser user = scope.user();
    List<ObjectNode> events = new ArrayList<>();
    List<ReceiptSent> visible =
        receipts.stream().filter(receipt -> Ephemeral.visible(receipt, user.userId())).toList();
    if (!visible.isEmpty() && Wanted.by(scope.filter().ephemeral(), roomId, "m.receipt")) {
      events.addAll(Ephemeral.receipts(visible));
    }
    TypingNotices.Typing typing =
        Typists.news(scope.services().typing(), roomId, scope.request(), anew);
    if (typing != null && Wanted.by(scope.filter().ephemeral(), roomId, "m.typing")) {
      events.add(
          Ephemeral.typing(typing.users().stream().filter(id -> !user.ignores(id)).toList()));
    }
    return events;
  }
}
