package dev.stele.server.sync;

import dev.stele.server.event.KnownEvent;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.event.Viewer;
import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.sliding.Connections;
import dev.stele.server.sliding.Extensions;
import dev.stele.server.sliding.RoomFace;
import dev.stele.server.sliding.SentRoom;
import dev.stele.server.sliding.SlidingRequest;
import dev.stele.server.unread.Counts;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Works out one answer of simplified sliding sync: of the rooms that the request is about, what is
 * new to the connection. Belongs to one event loop.
 */
final class SlidingReader {
  /** How many rooms are written at a stretch. */
  private static final int AT_ONCE = 20;

  private final SlidingServices services;
  private final LiveView view;
  private final ActiveUser user;
  private final SlidingAsked asked;
  private final Viewer viewer;
  private final SlidingRequest request;
  private final SlidingAnswer answer;
  private final Connections.Base base;
  private final long upTo;

  /**
   * @param outlet takes what there is of a large answer
   */
  SlidingReader(
      SlidingServices services,
      LiveView view,
      ActiveUser user,
      SlidingAsked asked,
      Function<Buffer, Future<Void>> outlet) {
    this.services = services;
    this.view = view;
    this.user = user;
    this.asked = asked;
    this.viewer = asked.viewer();
    this.request = asked.request();
    this.base = asked.base();
    this.upTo = view.position();
    this.answer =
        new SlidingAnswer(services, asked, upTo, services.sync().typing().count(), outlet);
  }

  Future<Prepared> read() {
    // As of now: what changes while this reads is for the next answer.
    Future<DeviceNews> devices = devices();
    return new SlidingRooms(services, view, user)
        .find(request, base.state())
        .compose(
            found -> {
              List<SlidingRoom> rooms =
                  found.rooms().stream().filter(room -> room.row().position() <= upTo).toList();
              answer.lists(found.selected().counts());
              return news(rooms)
                  .compose(
                      told ->
                          tell(rooms, told, 0)
                              .compose(
                                  done ->
                                      new SlidingExtensions(services, view, user, base)
                                          .read(asked, devices, rooms, told)));
            })
        .map(
            extensions -> {
              answer.extensions(extensions);
              return answer;
            });
  }

  /** Puts rooms into the answer, some at a time, so that others have their turn. */
  private Future<Void> tell(List<SlidingRoom> rooms, Map<String, SlidingNews> told, int first) {
    int end = Math.min(first + AT_ONCE, rooms.size());
    for (int i = first; i < end; i++) {
      SlidingRoom room = rooms.get(i);
      SlidingNews news = told.get(room.id());
      answer.add(room, news);
      if (news != null && news.members() != null) {
        int next = i + 1;
        return members(news.members()).compose(done -> tell(rooms, told, next));
      }
    }
    return end == rooms.size()
        ? view.here(answer.flush())
        : view.here(answer.flush()).compose(done -> view.loop().run(() -> tell(rooms, told, end)));
  }

  /** Goes on with the room that was added last. */
  private Future<Void> members(SlidingSlice.Members members) {
    return view.here(
            services
                .sync()
                .storedRooms()
                .members()
                .read(members.all(), shown -> view.here(addMembers(members, shown))))
        .map(
            read -> {
              answer.closeState();
              return null;
            });
  }

  private Future<Void> addMembers(SlidingSlice.Members members, List<ShownEvent> shown) {
    answer.addState(shown.stream().filter(members.wanted()).toList());
    return answer.flush();
  }

  private Future<DeviceNews> devices() {
    Extensions wanted = request.extensions();
    return wanted.toDevice() == null && !wanted.e2ee()
        ? Future.succeededFuture(DeviceNews.none(viewer, upTo))
        : services.sync().devices().read(view, user, DeviceNewsReader.Asked.of(asked), upTo);
  }

  private Future<Map<String, SlidingNews>> news(List<SlidingRoom> rooms) {
    List<SlidingRoom> changed = rooms.stream().filter(SlidingRoom::hasNews).toList();
    return new SlidingCounts(services.sync().unread(), view, user)
        .read(rooms, upTo)
        .compose(
            counts ->
                changed(changed, counts)
                    .map(
                        news -> {
                          Map<String, SlidingNews> told = new HashMap<>();
                          rooms.forEach(room -> addCounts(room, counts, told));
                          news.forEach(one -> told.put(one.room().id(), one));
                          return told;
                        }));
  }

  /** Of a room where nothing happened, the user may have read more. */
  private static void addCounts(
      SlidingRoom room, Map<String, Counts> counts, Map<String, SlidingNews> told) {
    Counts unread = counts.get(room.id());
    SentRoom sent = room.sent();
    if (sent != null && unread != null && !unread.equals(sent.face().unread())) {
      told.put(
          room.id(),
          new SlidingNews(room, null, null, List.of(), sent.face().with(unread), List.of()));
    }
  }

  private Future<List<SlidingNews>> changed(List<SlidingRoom> rooms, Map<String, Counts> counts) {
    List<MembershipRow> offers =
        rooms.stream().filter(SlidingRoom::isOffer).map(SlidingRoom::row).toList();
    List<String> joined =
        rooms.stream().filter(SlidingRoom::isJoined).map(SlidingRoom::id).toList();
    Future<Map<String, List<KnownEvent>>> stripped =
        offers.isEmpty()
            ? Future.succeededFuture(Map.of())
            : view.here(services.sync().storedRooms().stripped(offers));
    return stripped.compose(
        states ->
            new SlidingSlices(services.sync(), view, user, viewer, upTo)
                .read(rooms)
                .compose(
                    slices ->
                        view.rooms()
                            .summaries(joined, user.userId())
                            .compose(
                                summaries ->
                                    heroes(summaries)
                                        .map(
                                            heroes ->
                                                assemble(
                                                    rooms,
                                                    new Read(
                                                        states, slices, summaries, heroes,
                                                        counts))))));
  }

  /** The member events of the heroes, by event id. */
  private Future<Map<String, ShownEvent>> heroes(Map<String, MemberSummary> summaries) {
    List<EventRow> rows =
        summaries.values().stream().flatMap(summary -> summary.neededHeroes().stream()).toList();
    return view.here(services.events().show(rows))
        .map(
            shown -> {
              Map<String, ShownEvent> heroes = new HashMap<>();
              shown.forEach(event -> heroes.put(event.event().id(), event));
              return heroes;
            });
  }

  /** What was read of rooms, by room; the heroes by event id. */
  private record Read(
      Map<String, List<KnownEvent>> stripped,
      Map<String, SlidingSlice> slices,
      Map<String, MemberSummary> summaries,
      Map<String, ShownEvent> heroes,
      Map<String, Counts> counts) {}

  private static List<SlidingNews> assemble(List<SlidingRoom> rooms, Read read) {
    List<SlidingNews> news = new ArrayList<>();
    for (SlidingRoom room : rooms) {
      SlidingSlice told = read.slices.get(room.id());
      Slice slice = told == null ? null : told.slice();
      boolean unheardOf = room.sent() == null && !room.isOffer() && neverThere(room, slice);
      if (!unheardOf) {
        MemberSummary summary = read.summaries.get(room.id());
        List<ShownEvent> shown =
            summary == null
                ? List.of()
                : summary.neededHeroes().stream()
                    .map(row -> read.heroes.get(row.eventId()))
                    .toList();
        RoomFace face = face(room, summary).with(read.counts.getOrDefault(room.id(), Counts.NONE));
        List<KnownEvent> stripped = read.stripped.getOrDefault(room.id(), List.of());
        news.add(
            new SlidingNews(
                room, told == null ? null : told.members(), slice, stripped, face, shown));
      }
    }
    return news;
  }

  /** Whether the user was turned away without ever having been in the room. */
  private static boolean neverThere(SlidingRoom room, @Nullable Slice slice) {
    return !room.isJoined() && (slice == null || slice.start() == null);
  }

  private static RoomFace face(SlidingRoom room, @Nullable MemberSummary summary) {
    String membership = room.membership();
    boolean direct = room.listed().direct();
    return summary == null
        ? new RoomFace(
            membership, null, null, List.of(), direct, 0, 0, room.bumpStamp(), Counts.NONE)
        : new RoomFace(
            membership,
            summary.name(),
            summary.avatar(),
            summary.neededHeroes().stream().map(EventRow::eventId).toList(),
            direct,
            summary.joined(),
            summary.invited(),
            room.bumpStamp(),
            Counts.NONE);
  }
}
