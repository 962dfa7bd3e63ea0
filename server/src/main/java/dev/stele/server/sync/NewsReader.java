package dev.stele.server.sync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.filter.RoomFilter;
import dev.stele.server.history.PageToken;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.record.AccountDataSet;
import dev.stele.server.record.ReceiptSent;
import dev.stele.server.sync.StoredRooms.Question;
import dev.stele.server.sync.SyncAnswer.RoomNews;
import dev.stele.server.sync.SyncAnswer.RoomOffer;
import dev.stele.server.sync.SyncAnswer.TypedContent;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Works out one answer: everything after the client's token up to where the event loop's view
 * stands. Belongs to that loop.
 */
final class NewsReader {
  private final SyncServices services;
  private final LiveView view;
  private final ActiveUser user;
  private final SyncRequest request;
  private final long upTo;
  private final long typingCount;
  private final boolean recent;
  private final List<MembershipRow> memberships;
  private final List<RoomNews> rooms = new ArrayList<>();
  private final List<RoomOffer> offers = new ArrayList<>();

  NewsReader(SyncServices services, LiveView view, ActiveUser user, SyncRequest request) {
    this.services = services;
    this.view = view;
    this.user = user;
    this.request = request;
    this.upTo = view.position();
    this.typingCount = services.typing().count();
    this.recent = !request.complete() && view.window().covers(request.after());
    // As of the same moment: what changes while this reads is for the next answer.
    this.memberships = List.copyOf(user.rooms());
  }

  Future<SyncAnswer> read() {
    return accountData()
        .compose(
            data -> {
              List<Supplier<Future<Void>>> reads = new ArrayList<>();
              for (MembershipRow row : memberships) {
                Supplier<Future<Void>> read = roomRead(row, data);
                if (read != null) {
                  reads.add(read);
                }
              }
              return Sequence.run(reads).map(read -> answer(data));
            });
  }

  private SyncAnswer answer(Map<String, List<TypedContent>> data) {
    List<TypedContent> global =
        data.getOrDefault("", List.of()).stream()
            .filter(content -> request.filter().accountData().matchesType(content.type()))
            .toList();
    return new SyncAnswer(new SyncToken(upTo, typingCount), rooms, offers, global);
  }

  /** What to read of a room; null when nothing can be new there. */
  private @Nullable Supplier<Future<Void>> roomRead(
      MembershipRow row, Map<String, List<TypedContent>> data) {
    if (row.position() > upTo || !filter().rooms().includes(row.roomId())) {
      return null;
    }
    boolean changed = request.complete() || row.position() > request.after();
    return switch (row.membership()) {
      case "join" -> joined(row, data.getOrDefault(row.roomId(), List.of()));
      case "invite" -> changed && !user.ignores(row.sender()) ? () -> offer(row, false) : null;
      case "knock" -> changed ? () -> offer(row, true) : null;
      default -> left(row, changed);
    };
  }

  private @Nullable Supplier<Future<Void>> joined(MembershipRow row, List<TypedContent> data) {
    String roomId = row.roomId();
    if (recent && row.position() <= request.after()) {
      boolean news = view.window().hasNews(roomId, request.after());
      if (!news && data.isEmpty() && typing(roomId) == null) {
        return null;
      }
      List<Window.RecentEvent> events =
          view.window().events(roomId, request.after()).stream().filter(this::shows).toList();
      if (services.lazyMembers().knowsAll(request, roomId, events)) {
        List<ReceiptSent> receipts = view.window().receipts(roomId, request.after());
        return () ->
            services
                .recentRooms()
                .slice(events, filter().timeline(), filter().state())
                .map(slice -> add(row, slice, data, receipts));
      }
    }
    return () -> newlyJoined(row).compose(newly -> stored(row, newly, data));
  }

  /** Whether the user does not ignore who sent it. State is always shown. */
  private boolean shows(Window.RecentEvent event) {
    return event.event.pdu().isState() || !user.ignores(event.event.pdu().sender());
  }

  /** Whether the user has come in since. A change of their profile is no such thing. */
  private Future<Boolean> newlyJoined(MembershipRow row) {
    return row.position() <= request.after()
        ? Future.succeededFuture(false)
        : services
            .storedRooms()
            .wasMember(row.roomId(), user.userId(), request.after())
            .map(member -> !member);
  }

  private Future<Void> stored(MembershipRow row, boolean newlyJoined, List<TypedContent> data) {
    long after = newlyJoined ? 0 : request.after();
    boolean whole = newlyJoined || request.complete();
    return view.here(
            Future.all(
                services.storedRooms().slice(question(row, after, upTo, whole)),
                services.userNews().receipts(row.roomId(), user.userId(), after)))
        .map(both -> add(row, both.resultAt(0), data, both.resultAt(1)));
  }

  private @Nullable Supplier<Future<Void>> left(MembershipRow row, boolean changed) {
    boolean wanted = request.since() == null ? filter().includeLeave() : changed;
    if (!wanted || row.forgotten()) {
      return null;
    }
    return () ->
        view.here(
                services
                    .storedRooms()
                    .slice(question(row, request.after(), row.position(), request.complete())))
            .map(slice -> add(row, slice, List.of(), List.of()));
  }

  private Future<Void> offer(MembershipRow row, boolean knocked) {
    return view.here(services.storedRooms().stripped(row.roomId(), user.userId(), upTo))
        .map(
            state -> {
              offers.add(new RoomOffer(row.roomId(), knocked, state));
              return null;
            });
  }

  private Question question(MembershipRow row, long after, long end, boolean whole) {
    return new Question(
        row.roomId(), user.userId(), after, end, whole, filter().timeline(), filter().state());
  }

  private @Nullable Void add(
      MembershipRow row, Slice slice, List<TypedContent> data, List<ReceiptSent> receipts) {
    boolean left = !row.membership().equals("join");
    services.lazyMembers().shown(request, row.roomId(), slice);
    RoomNews news =
        new RoomNews(
            row.roomId(),
            left,
            slice.state(),
            slice.timeline(),
            slice.limited(),
            slice.start() == null ? null : PageToken.of(slice.start()).toString(),
            data.stream()
                .filter(content -> filter().accountData().events().matchesType(content.type()))
                .toList(),
            left ? List.of() : ephemeral(row.roomId(), receipts));
    if (request.complete() || left || !news.isEmpty()) {
      rooms.add(news);
    }
    return null;
  }

  private List<ObjectNode> ephemeral(String roomId, List<ReceiptSent> receipts) {
    List<ObjectNode> events = new ArrayList<>();
    List<ReceiptSent> visible =
        receipts.stream().filter(receipt -> Ephemeral.visible(receipt, user.userId())).toList();
    if (!visible.isEmpty() && filter().ephemeral().events().matchesType("m.receipt")) {
      events.add(Ephemeral.receipts(visible));
    }
    TypingNotices.Typing typing = typing(roomId);
    if (typing != null && filter().ephemeral().events().matchesType("m.typing")) {
      events.add(Ephemeral.typing(typing.users()));
    }
    return events;
  }

  /** What the client does not know yet of who is typing. */
  private TypingNotices.@Nullable Typing typing(String roomId) {
    TypingNotices.Typing typing = services.typing().in(roomId);
    if (typing == null) {
      return null;
    }
    boolean unknown =
        request.since() == null
            ? !typing.users().isEmpty()
            : typing.count() > request.since().ephemeral();
    return unknown ? typing : null;
  }

  private Future<Map<String, List<TypedContent>>> accountData() {
    if (!recent) {
      return view.here(services.userNews().accountData(user.userId(), request.after()));
    }
    Map<String, Map<String, TypedContent>> latest = new HashMap<>();
    for (AccountDataSet set : view.window().accountData(user.userId(), request.after())) {
      String room = set.roomId() == null ? "" : set.roomId();
      if (set.content() != null) {
        latest
            .computeIfAbsent(room, id -> new LinkedHashMap<>())
            .put(set.type(), new TypedContent(set.type(), set.content()));
      }
    }
    Map<String, List<TypedContent>> data = new HashMap<>();
    latest.forEach((room, contents) -> data.put(room, List.copyOf(contents.values())));
    return Future.succeededFuture(data);
  }

  private RoomFilter filter() {
    return request.filter().room();
  }
}
