package dev.stele.server.sync;

import dev.stele.server.event.KnownEvent;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.event.Viewer;
import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.sliding.Connections;
import dev.stele.server.sliding.RoomFace;
import dev.stele.server.sliding.SlidingRequest;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Works out one answer of simplified sliding sync: of the rooms that the request is about, what is
 * new to the connection. Belongs to one event loop.
 */
final class SlidingReader {
  private final SlidingServices services;
  private final LiveView view;
  private final ActiveUser user;
  private final Viewer viewer;
  private final SlidingRequest request;
  private final SlidingAnswer answer;
  private final Connections.Base base;
  private final long upTo;

  SlidingReader(SlidingServices services, LiveView view, ActiveUser user, SlidingAsked asked) {
    this.services = services;
    this.view = view;
    this.user = user;
    this.viewer = asked.viewer();
    this.request = asked.request();
    this.base = asked.base();
    this.upTo = view.position();
    this.answer = new SlidingAnswer(services, asked, upTo, services.sync().typing().count());
  }

  Future<Prepared> read() {
    return new SlidingRooms(services, view, user)
        .find(request, base.state())
        .compose(
            found -> {
              List<SlidingRoom> rooms =
                  found.rooms().stream().filter(room -> room.row().position() <= upTo).toList();
              answer.lists(found.selected().counts());
              return news(rooms.stream().filter(SlidingRoom::hasNews).toList())
                  .compose(
                      news -> {
                        Map<String, SlidingNews> told = new HashMap<>();
                        news.forEach(one -> told.put(one.room().id(), one));
                        rooms.forEach(room -> answer.add(room, told.get(room.id())));
                        return new SlidingExtensions(services, view, user, base)
                            .read(request.extensions(), rooms, told);
                      });
            })
        .map(
            extensions -> {
              answer.extensions(extensions);
              return answer;
            });
  }

  private Future<List<SlidingNews>> news(List<SlidingRoom> rooms) {
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
                                                    rooms, states, slices, summaries, heroes)))));
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

  private static List<SlidingNews> assemble(
      List<SlidingRoom> rooms,
      Map<String, List<KnownEvent>> stripped,
      Map<String, Slice> slices,
      Map<String, MemberSummary> summaries,
      Map<String, ShownEvent> heroes) {
    List<SlidingNews> news = new ArrayList<>();
    for (SlidingRoom room : rooms) {
      Slice slice = slices.get(room.id());
      boolean unheardOf = room.sent() == null && !room.isOffer() && neverThere(room, slice);
      if (!unheardOf) {
        MemberSummary summary = summaries.get(room.id());
        List<ShownEvent> shown =
            summary == null
                ? List.of()
                : summary.neededHeroes().stream().map(row -> heroes.get(row.eventId())).toList();
        news.add(
            new SlidingNews(
                room,
                slice,
                stripped.getOrDefault(room.id(), List.of()),
                face(room, summary),
                shown));
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
        ? new RoomFace(membership, null, null, List.of(), direct, 0, 0, room.bumpStamp())
        : new RoomFace(
            membership,
            summary.name(),
            summary.avatar(),
            summary.neededHeroes().stream().map(EventRow::eventId).toList(),
            direct,
            summary.joined(),
            summary.invited(),
            room.bumpStamp());
  }
}
