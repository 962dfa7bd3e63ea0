package dev.stele.server.sync;

import dev.stele.server.projection.MembershipRow;
import dev.stele.server.sync.NewsOfRooms.Found;
import dev.stele.server.sync.SyncAnswer.RoomOffer;
import dev.stele.server.sync.SyncAnswer.TypedContent;
import dev.stele.server.unread.Unread;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Works out one answer: everything after the client's token up to where the event loop's view
 * stands. Belongs to that loop.
 *
 * <p>Rooms of which everything new is among the newest records are read from memory, the others
 * from the projections.
 */
final class NewsReader {
  private final SyncScope scope;
  private final SyncServices services;
  private final LiveView view;
  private final SyncRequest request;
  private final SyncAnswer answer;
  private final NewsOfRooms news;

  /**
   * @param outlet takes what there is of the answer to a request for everything
   */
  NewsReader(
      SyncServices services,
      LiveView view,
      ActiveUser user,
      SyncRequest request,
      Function<Buffer, Future<Void>> outlet) {
    this.scope = new SyncScope(services, view, user, request, view.position());
    this.services = services;
    this.view = view;
    this.request = request;
    this.answer =
        new SyncAnswer(
            services,
            request,
            new SyncToken(scope.upTo(), services.typing().count()),
            request.complete() ? outlet : null);
    this.news = new NewsOfRooms(scope, answer);
  }

  Future<Prepared> read() {
    boolean recent = !request.complete() && view.window().covers(request.after());
    String userId = scope.user().userId();
    Future<Map<String, List<TypedContent>>> data =
        recent
            ? Future.succeededFuture(services.userNews().recent(view, userId, request.after()))
            : view.here(services.userNews().accountData(userId, request.after()));
    // As of now: what changes while this reads is for the next answer.
    Future<DeviceNews> devices =
        services
            .devices()
            .read(view, scope.user(), DeviceNewsReader.Asked.of(request), scope.upTo());
    Future<RoomPlan> plan =
        new RoomPlanner(services, view, scope.user(), request, scope.upTo()).plan(recent, data);
    return plan.compose(
        rooms -> {
          answer.addAccountData(global(data.result()));
          PresenceNews presence = PresenceNews.now(scope);
          return recent(rooms.recent(), data.result(), 0)
              .compose(
                  done -> new StoredNews(scope, news, answer, data.result()).add(rooms.stored()))
              .compose(done -> offers(rooms.offers()))
              .compose(done -> devices)
              .map(
                  forDevice -> {
                    answer.addDeviceNews(forDevice);
                    answer.addPresence(presence.wanted(news.newRooms()));
                    return answer;
                  });
        });
  }

  private List<TypedContent> global(Map<String, List<TypedContent>> data) {
    return data.getOrDefault("", List.of()).stream()
        .filter(content -> request.filter().accountData().matchesType(content.type()))
        .toList();
  }

  /** Rooms whose news are in memory. What is there at once is not chained, so as not to nest. */
  private Future<Void> recent(
      List<MembershipRow> rows, Map<String, List<TypedContent>> data, int first) {
    for (int i = first; i < rows.size(); i++) {
      Future<Found> found = recent(rows.get(i), data);
      if (!found.succeeded()) {
        int next = i + 1;
        return found.compose(
            room -> {
              news.add(room);
              return recent(rows, data, next);
            });
      }
      news.add(found.result());
    }
    return Future.succeededFuture();
  }

  private Future<Found> recent(MembershipRow row, Map<String, List<TypedContent>> data) {
    String roomId = row.roomId();
    return view.here(services.recentRooms().read(view, scope.user(), request, roomId, scope.upTo()))
        .compose(
            reading ->
                scope
                    .unread(List.of(row))
                    .map(
                        unread ->
                            new Found(
                                row,
                                reading,
                                data,
                                view.window().receipts(roomId, request.after()),
                                unread.getOrDefault(roomId, Unread.NONE))));
  }

  private Future<Void> offers(List<MembershipRow> offers) {
    if (offers.isEmpty()) {
      return Future.succeededFuture();
    }
    return view.here(services.storedRooms().stripped(offers))
        .map(
            states -> {
              for (MembershipRow row : offers) {
                answer.add(
                    new RoomOffer(
                        row.roomId(),
                        row.membership().equals("knock"),
                        states.getOrDefault(row.roomId(), List.of())));
              }
              return null;
            });
  }
}
