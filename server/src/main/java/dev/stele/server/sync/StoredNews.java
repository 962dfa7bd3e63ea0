package dev.stele.server.sync;

import dev.stele.server.event.ShownEvent;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.record.ReceiptSent;
import dev.stele.server.sync.NewsOfRooms.Found;
import dev.stele.server.sync.SyncAnswer.TypedContent;
import dev.stele.server.unread.Unread;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The rooms of an answer that have to be looked up in the projections: a chunk of rooms at a time,
 * each encoded as soon as it is read.
 */
final class StoredNews {
  /** How many rooms to read at once, and about how many events of all of them. */
  private static final int MAX_ROOMS = 50;

  private static final int MAX_EVENTS = 2_500;

  /** How many rooms are written at a stretch. */
  private static final int AT_ONCE = 10;

  /** How much state there is of a room, about, with its members and without. */
  private static final int STATE = 100;

  private static final int STATE_LAZILY = 20;

  private final SyncScope scope;
  private final NewsOfRooms news;
  private final SyncAnswer answer;
  private final Map<String, List<TypedContent>> data;

  /**
   * @param data what of the user's data is news, by room
   */
  StoredNews(
      SyncScope scope, NewsOfRooms news, SyncAnswer answer, Map<String, List<TypedContent>> data) {
    this.scope = scope;
    this.news = news;
    this.answer = answer;
    this.data = data;
  }

  /** Adds these rooms to the answer, as far as there is something to tell. */
  Future<Void> add(List<MembershipRow> rows) {
    return add(rows, 0);
  }

  private Future<Void> add(List<MembershipRow> rows, int first) {
    if (first >= rows.size()) {
      return Future.succeededFuture();
    }
    int end = Math.min(first + chunk(), rows.size());
    return read(rows.subList(first, end))
        .compose(found -> write(found, 0))
        .compose(done -> here(answer.flush()))
        .compose(done -> add(rows, end));
  }

  /** How many rooms to read at once, so that no event loop is held up by what they are. */
  private int chunk() {
    int state = scope.request().lazyMembers() ? STATE_LAZILY : STATE;
    int events = Wanted.limit(scope.filter().timeline()) + state;
    return Math.max(1, Math.min(MAX_ROOMS, MAX_EVENTS / events));
  }

  private Future<List<Found>> read(List<MembershipRow> rows) {
    Map<String, MembershipRow> byRoom = new HashMap<>();
    rows.forEach(row -> byRoom.put(row.roomId(), row));
    return here(scope
            .services()
            .storedRooms()
            .read(scope.view(), scope.request(), scope.upTo(), List.copyOf(rows)))
        .compose(readings -> found(readings, byRoom));
  }

  private Future<List<Found>> found(List<RoomReading> readings, Map<String, MembershipRow> byRoom) {
    return Future.all(
            receipts(readings, byRoom), dataOfNewRooms(readings), scope.unread(byRoom.values()))
        .map(
            all -> {
              Map<String, List<ReceiptSent>> receipts = all.resultAt(0);
              Map<String, List<TypedContent>> allData = new HashMap<>(data);
              allData.putAll(all.resultAt(1));
              Map<String, Unread> unread = all.resultAt(2);
              return readings.stream()
                  .map(
                      reading ->
                          new Found(
                              Objects.requireNonNull(byRoom.get(reading.roomId())),
                              reading,
                              allData,
                              receipts.getOrDefault(reading.roomId(), List.of()),
                              unread.getOrDefault(reading.roomId(), Unread.NONE)))
                  .toList();
            });
  }

  /** Others have their turn after some rooms. */
  private Future<Void> write(List<Found> found, int first) {
    int end = Math.min(first + AT_ONCE, found.size());
    Future<Void> written = Future.succeededFuture();
    for (Found room : found.subList(first, end)) {
      written = written.compose(before -> write(room));
    }
    return end == found.size()
        ? written
        : written.compose(before -> scope.view().loop().run(() -> write(found, end)));
  }

  /** Adds a room; its members bit by bit, if they are many. */
  private Future<Void> write(Found room) {
    ManyMembers members = room.reading().members();
    if (members == null) {
      news.add(room);
      return Future.succeededFuture();
    }
    RoomNews begun = news.of(room);
    answer.open(begun);
    return here(scope
            .services()
            .storedRooms()
            .members()
            .read(members, shown -> here(addMembers(begun, shown))))
        .map(
            read -> {
              answer.closeState(begun);
              return null;
            });
  }

  private Future<Void> addMembers(RoomNews room, List<ShownEvent> shown) {
    answer.addState(
        room,
        shown.stream()
            .filter(event -> Wanted.by(scope.filter().state(), event.event().pdu()))
            .toList());
    return answer.flush();
  }

  /** What the user stored of rooms that they have come into since; some of it may be old. */
  private Future<Map<String, List<TypedContent>>> dataOfNewRooms(List<RoomReading> readings) {
    List<String> rooms =
        readings.stream()
            .filter(reading -> reading.anew() && scope.request().after() > 0)
            .map(RoomReading::roomId)
            .toList();
    return here(scope.services().userNews().accountDataIn(rooms, scope.user().userId()));
  }

  private Future<Map<String, List<ReceiptSent>>> receipts(
      List<RoomReading> readings, Map<String, MembershipRow> byRoom) {
    Map<String, Long> afters = new HashMap<>();
    for (RoomReading reading : readings) {
      if (SyncScope.isIn(Objects.requireNonNull(byRoom.get(reading.roomId())))) {
        afters.put(reading.roomId(), reading.after());
      }
    }
    return afters.isEmpty() || !scope.filter().ephemeral().events().matchesType("m.receipt")
        ? Future.succeededFuture(Map.of())
        : here(scope.services().userNews().receipts(afters, scope.user().userId()));
  }

  private <T> Future<T> here(Future<T> future) {
    return scope.view().here(future);
  }
}
