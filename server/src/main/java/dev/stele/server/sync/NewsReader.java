package dev.stele.server.sync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.filter.EventFilter;
import dev.stele.server.filter.RoomFilter;
import dev.stele.server.history.PageToken;
import dev.stele.server.presence.Presence;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.record.ReceiptSent;
import dev.stele.server.sync.SyncAnswer.RoomOffer;
import dev.stele.server.sync.SyncAnswer.TypedContent;
import dev.stele.server.unread.Unread;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Works out one answer: everything after the client's token up to where the event loop's view
 * stands. Belongs to that loop.
 *
 * <p>Rooms of which everything new is among the newest records are read from memory, the others
 * from the projections, a chunk of rooms at a time. Each is encoded as soon as it is read.
 */
final class NewsReader {
  /** How many rooms to read at once, and about how many events of all of them. */
  private static final int MAX_ROOMS = 50;

  private static final int MAX_EVENTS = 2_500;

  /** How many rooms are written at a stretch. */
  private static final int AT_ONCE = 10;

  /** How much state there is of a room, about, with its members and without. */
  private static final int STATE = 100;

  private static final int STATE_LAZILY = 20;

  private final SyncServices services;
  private final LiveView view;
  private final ActiveUser user;
  private final SyncRequest request;
  private final long upTo;
  private final SyncAnswer answer;

  /** The rooms that the user has come into since. */
  private final List<String> newRooms = new ArrayList<>();

  /**
   * @param outlet takes what there is of the answer to a request for everything
   */
  NewsReader(
      SyncServices services,
      LiveView view,
      ActiveUser user,
      SyncRequest request,
      Function<Buffer, Future<Void>> outlet) {
    this.services = services;
    this.view = view;
    this.user = user;
    this.request = request;
    this.upTo = view.position();
    this.answer =
        new SyncAnswer(
            services,
            request,
            new SyncToken(upTo, services.typing().count()),
            request.complete() ? outlet : null);
  }

  Future<Prepared> read() {
    boolean recent = !request.complete() && view.window().covers(request.after());
    Future<Map<String, List<TypedContent>>> data =
        recent
            ? Future.succeededFuture(
                services.userNews().recent(view, user.userId(), request.after()))
            : view.here(services.userNews().accountData(user.userId(), request.after()));
    // As of now: what changes while this reads is for the next answer.
    Future<DeviceNews> devices =
        services.devices().read(view, user, DeviceNewsReader.Asked.of(request), upTo);
    Future<RoomPlan> plan = new RoomPlanner(services, view, user, request, upTo).plan(recent, data);
    return plan.compose(
        rooms -> {
          answer.addAccountData(global(data.result()));
          List<Presence> changed = presence();
          return recent(rooms, data.result(), 0)
              .compose(done -> stored(rooms.stored(), data.result(), 0))
              .compose(done -> offers(rooms.offers()))
              .compose(done -> devices)
              .map(
                  news -> {
                    answer.addDeviceNews(news);
                    answer.addPresence(wanted(changed));
                    return answer;
                  });
        });
  }

  private List<TypedContent> global(Map<String, List<TypedContent>> data) {
    return data.getOrDefault("", List.of()).stream()
        .filter(content -> request.filter().accountData().matchesType(content.type()))
        .toList();
  }

  /** Who of those who share a room has come or gone. */
  private List<Presence> presence() {
    SyncToken since = request.since();
    return since == null
        ? services
            .presences()
            .present(
                user.rooms().stream().filter(NewsReader::isIn).map(MembershipRow::roomId).toList())
        : services.presences().since(since.ephemeral(), this::isIn);
  }

  /** These, and whoever is in the rooms that the user has come into, as far as they are wanted. */
  private List<Presence> wanted(List<Presence> changed) {
    EventFilter wanted = request.filter().presence();
    Map<String, Presence> found = new LinkedHashMap<>();
    changed.forEach(each -> found.put(each.userId(), each));
    services.presences().present(newRooms).forEach(each -> found.put(each.userId(), each));
    return found.values().stream()
        .filter(each -> wanted.matches("m.presence", each.userId()))
        .filter(each -> !user.ignores(each.userId()))
        .limit(wanted.limit(Integer.MAX_VALUE, Integer.MAX_VALUE))
        .toList();
  }

  private boolean isIn(String roomId) {
    MembershipRow row = user.in(roomId);
    return row != null && isIn(row);
  }

  /** Rooms whose news are in memory. What is there at once is not chained, so as not to nest. */
  private Future<Void> recent(RoomPlan rooms, Map<String, List<TypedContent>> data, int first) {
    for (int i = first; i < rooms.recent().size(); i++) {
      MembershipRow row = rooms.recent().get(i);
      Future<CountedReading> reading =
          view.here(services.recentRooms().read(view, user, request, row.roomId(), upTo))
              .compose(
                  read ->
                      unread(List.of(row))
                          .map(unread -> new CountedReading(read, of(row.roomId(), unread))));
      if (!reading.succeeded()) {
        int next = i + 1;
        return reading.compose(
            read -> {
              addRecent(row, read, data);
              return recent(rooms, data, next);
            });
      }
      addRecent(row, reading.result(), data);
    }
    return Future.succeededFuture();
  }

  private void addRecent(
      MembershipRow row, CountedReading reading, Map<String, List<TypedContent>> data) {
    add(news(row, reading, data, view.window().receipts(row.roomId(), request.after())));
  }

  /** What was read of a room, with how much of the room the user has not. */
  private record CountedReading(RoomReading reading, Unread unread) {}

  private Future<Map<String, Unread>> unread(Collection<MembershipRow> rows) {
    List<String> present =
        rows.stream().filter(NewsReader::isIn).map(MembershipRow::roomId).toList();
    return present.isEmpty()
        ? Future.succeededFuture(Map.of())
        : services.unread().of(user.userId(), present, new LiveRecords(view), upTo);
  }

  private static Unread of(String roomId, Map<String, Unread> unread) {
    return unread.getOrDefault(roomId, Unread.NONE);
  }

  /** Rooms that have to be looked up. */
  private Future<Void> stored(
      List<MembershipRow> rows, Map<String, List<TypedContent>> data, int first) {
    if (first >= rows.size()) {
      return Future.succeededFuture();
    }
    int end = Math.min(first + chunk(), rows.size());
    Map<String, MembershipRow> chunk = new HashMap<>();
    rows.subList(first, end).forEach(row -> chunk.put(row.roomId(), row));
    return view.here(services.storedRooms().read(view, request, upTo, List.copyOf(chunk.values())))
        .compose(
            readings ->
                Future.all(
                        receipts(readings, chunk), dataOfNewRooms(readings), unread(chunk.values()))
                    .compose(
                        both -> {
                          Map<String, List<ReceiptSent>> receipts = both.resultAt(0);
                          Map<String, List<TypedContent>> allData = new HashMap<>(data);
                          allData.putAll(both.resultAt(1));
                          Map<String, Unread> unread = both.resultAt(2);
                          Future<Void> added = Future.succeededFuture();
                          int written = 0;
                          for (RoomReading reading : readings) {
                            if (++written % AT_ONCE == 0) {
                              added = added.compose(before -> view.loop().run(NewsReader::pause));
                            }
                            MembershipRow row = Objects.requireNonNull(chunk.get(reading.roomId()));
                            CountedReading counted =
                                new CountedReading(reading, of(reading.roomId(), unread));
                            added =
                                added.compose(
                                    before ->
                                        addStored(
                                            news(
                                                row,
                                                counted,
                                                allData,
                                                receipts.getOrDefault(row.roomId(), List.of())),
                                            reading.members()));
                          }
                          return added;
                        }))
        .compose(done -> view.here(answer.flush()))
        .compose(done -> stored(rows, data, end));
  }

  /** Others have their turn. */
  private static Future<Void> pause() {
    return Future.succeededFuture();
  }

  /** How many rooms to read at once, so that no event loop is held up by what they are. */
  private int chunk() {
    int events = Wanted.limit(filter().timeline()) + (request.lazyMembers() ? STATE_LAZILY : STATE);
    return Math.max(1, Math.min(MAX_ROOMS, MAX_EVENTS / events));
  }

  /** Adds a room; its members bit by bit, if they are many. */
  private Future<Void> addStored(RoomNews news, @Nullable ManyMembers members) {
    if (members == null) {
      add(news);
      return Future.succeededFuture();
    }
    answer.open(news);
    return view.here(
            services
                .storedRooms()
                .members()
                .read(members, shown -> view.here(addMembers(news, shown))))
        .map(
            read -> {
              answer.closeState(news);
              return null;
            });
  }

  private Future<Void> addMembers(RoomNews news, List<ShownEvent> shown) {
    answer.addState(
        news,
        shown.stream().filter(event -> Wanted.by(filter().state(), event.event().pdu())).toList());
    return answer.flush();
  }

  /** What the user stored of rooms that they have come into since; some of it may be old. */
  private Future<Map<String, List<TypedContent>>> dataOfNewRooms(List<RoomReading> readings) {
    List<String> rooms =
        readings.stream()
            .filter(reading -> reading.anew() && request.after() > 0)
            .map(RoomReading::roomId)
            .toList();
    return view.here(services.userNews().accountDataIn(rooms, user.userId()));
  }

  private Future<Map<String, List<ReceiptSent>>> receipts(
      List<RoomReading> readings, Map<String, MembershipRow> rows) {
    Map<String, Long> afters = new HashMap<>();
    for (RoomReading reading : readings) {
      if (isIn(Objects.requireNonNull(rows.get(reading.roomId())))) {
        afters.put(reading.roomId(), reading.after());
      }
    }
    return afters.isEmpty() || !filter().ephemeral().events().matchesType("m.receipt")
        ? Future.succeededFuture(Map.of())
        : view.here(services.userNews().receipts(afters, user.userId()));
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

  private RoomNews news(
      MembershipRow row,
      CountedReading counted,
      Map<String, List<TypedContent>> data,
      List<ReceiptSent> receipts) {
    RoomReading reading = counted.reading();
    Slice slice = reading.slice();
    boolean anew = reading.anew() || request.complete();
    if (reading.anew() && isIn(row) && request.since() != null) {
      newRooms.add(row.roomId());
    }
    services.lazyMembers().shown(request, row.roomId(), slice, upTo, anew);
    return new RoomNews(
        row.roomId(),
        !isIn(row),
        slice,
        slice.start() == null ? null : PageToken.of(slice.start()).toString(),
        roomData(row, data),
        isIn(row) ? ephemeral(row.roomId(), reading.anew(), receipts) : List.of(),
        counted.unread());
  }

  private void add(RoomNews news) {
    boolean counts = news.unread().changedAt() > request.after();
    if (request.complete() || news.left() || counts || !news.isEmpty()) {
      answer.add(news);
    }
  }

  private List<TypedContent> roomData(MembershipRow row, Map<String, List<TypedContent>> data) {
    return data.getOrDefault(row.roomId(), List.of()).stream()
        .filter(content -> Wanted.by(filter().accountData(), row.roomId(), content.type()))
        .toList();
  }

  private List<ObjectNode> ephemeral(String roomId, boolean anew, List<ReceiptSent> receipts) {
    List<ObjectNode> events = new ArrayList<>();
    List<ReceiptSent> visible =
        receipts.stream().filter(receipt -> Ephemeral.visible(receipt, user.userId())).toList();
    if (!visible.isEmpty() && Wanted.by(filter().ephemeral(), roomId, "m.receipt")) {
      events.addAll(Ephemeral.receipts(visible));
    }
    TypingNotices.Typing typing = Typists.news(services.typing(), roomId, request, anew);
    if (typing != null && Wanted.by(filter().ephemeral(), roomId, "m.typing")) {
      events.add(
          Ephemeral.typing(typing.users().stream().filter(id -> !user.ignores(id)).toList()));
    }
    return events;
  }

  private static boolean isIn(MembershipRow row) {
    return row.membership().equals("join");
  }

  private RoomFilter filter() {
    return request.filter().room();
  }
}
