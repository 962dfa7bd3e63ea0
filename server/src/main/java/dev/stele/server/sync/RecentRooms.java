package dev.stele.server.sync;

import dev.stele.server.event.ClientEvents;
import dev.stele.server.filter.RoomEventFilter;
import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.StateRow;
import dev.stele.server.projection.TopologicalPoint;
import dev.stele.server.sync.Window.RecentEvent;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is new in a room that the user has been in all along, from the newest records. All of it is
 * visible, for it was sent while the user was there, but what is sent by users whom they ignore.
 * Belongs to one event loop.
 */
final class RecentRooms {
  private final ClientEvents events;
  private final RecentMembers members;
  private final Bundles bundles;

  RecentRooms(ClientEvents events, RecentMembers members, Bundles bundles) {
    this.bundles = bundles;
    this.events = events;
    this.members = members;
  }

  /**
   * Reads a room that has news.
   *
   * @param upTo where the view stands
   */
  Future<RoomReading> read(
      LiveView view, ActiveUser user, SyncRequest request, String roomId, long upTo) {
    // More may have come by now, which is for the next answer.
    List<RecentEvent> recent = view.window().events(roomId, request.after(), upTo);
    Timeline timeline = timeline(recent, user, request.filter().room().timeline());
    List<StateRow> changes = view.window().stateChanges(roomId, request.after());
    long start = request.stateStart(timeline, upTo);
    List<StateRow> delta = StateDelta.of(changes, start, upTo, timeline.eventIds());
    return summary(view, request, roomId, changes)
        .compose(
            summary ->
                members
                    .read(
                        view,
                        request,
                        new RecentMembers.Needed(
                            roomId, start, upTo, needed(timeline, summary, start), changes))
                    .compose(lazy -> show(request, timeline, state(delta, lazy), summary))
                    .map(slice -> new RoomReading(roomId, false, request.after(), slice, null)))
        .compose(reading -> bundled(user, reading));
  }

  private Future<RoomReading> bundled(ActiveUser user, RoomReading reading) {
    return reading.slice().limited()
        ? bundles.add(user.userId(), List.of(reading)).map(bundled -> bundled.get(0))
        : Future.succeededFuture(reading);
  }

  /** The newest events that are wanted. */
  static Timeline timeline(
      Collection<RecentEvent> recent, ActiveUser user, RoomEventFilter filter) {
    int limit = Wanted.limit(filter);
    List<RecentEvent> wanted =
        recent.stream()
            .filter(event -> event.isState() || !user.ignores(event.event.pdu().sender()))
            .filter(event -> Wanted.by(filter, event.event.pdu()))
            .toList();
    boolean limited = wanted.size() > limit;
    List<EventRow> rows =
        (limited ? wanted.subList(wanted.size() - limit, wanted.size()) : wanted)
            .stream().map(RecentEvent::row).toList();
    return new Timeline(rows, limited, start(rows, recent));
  }

  private static @Nullable TopologicalPoint start(
      List<EventRow> rows, Collection<RecentEvent> recent) {
    if (!rows.isEmpty()) {
      return rows.get(0).point();
    }
    RecentEvent last = null;
    for (RecentEvent event : recent) {
      last = event;
    }
    return last == null ? null : new TopologicalPoint(last.row().depth(), last.position + 1);
  }

  private static Future<@Nullable MemberSummary> summary(
      LiveView view, SyncRequest request, String roomId, List<StateRow> changes) {
    if (changes.stream().noneMatch(row -> MemberSummary.concerns(row.type()))) {
      return Future.succeededFuture(null);
    }
    return view.rooms()
        .summaries(List.of(roomId), request.viewer().userId())
        .map(summaries -> summaries.get(roomId));
  }

  /** Heroes whose member events are among the news are not wanted once more. */
  private static Set<String> needed(
      Timeline timeline, @Nullable MemberSummary summary, long start) {
    Set<String> users = timeline.senders();
    if (summary != null) {
      summary.neededHeroes().stream()
          .filter(hero -> hero.position() < start)
          .map(EventRow::stateKey)
          .forEach(users::add);
    }
    return users;
  }

  private static List<EventRow> state(List<StateRow> delta, List<EventRow> lazy) {
    List<EventRow> rows = new ArrayList<>();
    delta.forEach(row -> rows.add(row.event()));
    rows.addAll(lazy);
    return rows;
  }

  private Future<Slice> show(
      SyncRequest request,
      Timeline timeline,
      List<EventRow> state,
      @Nullable MemberSummary summary) {
    List<EventRow> rows = new ArrayList<>(state);
    rows.addAll(timeline.rows());
    return events
        .show(rows)
        .map(
            shown ->
                new Slice(
                    shown.subList(0, state.size()).stream()
                        .filter(
                            event ->
                                Wanted.by(request.filter().room().state(), event.event().pdu()))
                        .toList(),
                    shown.subList(state.size(), shown.size()),
                    timeline.limited(),
                    timeline.start(),
                    summary));
  }
}
