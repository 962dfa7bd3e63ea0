package dev.stele.server.sync;

import dev.stele.server.event.ShownEvent;
import dev.stele.server.history.VisibleHistory;
import dev.stele.server.projection.StateRow;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One go at reading rooms from the projections.
 *
 * @param view the view of the event loop that asks
 * @param request what the client asks
 * @param questions what is asked of each room
 * @param histories what the user may see of each
 * @param people members who are told in any case where all state is told
 */
record StoredReading(
    LiveView view,
    SyncRequest request,
    List<RoomQuestion> questions,
    Map<String, VisibleHistory> histories,
    Set<String> people) {

  /** The last position as of which the user may know the room's state; 0 if there is none. */
  long stateEnd(RoomQuestion question) {
    VisibleHistory history = histories.get(question.roomId());
    return history == null ? 0 : Math.min(question.upTo(), history.stateReadableAt().orElse(0));
  }

  /** A room as far as it is known before its events are read. */
  record Part(
      SyncRequest request,
      RoomQuestion question,
      Timeline timeline,
      List<StateRow> state,
      @Nullable MemberSummary summary,
      @Nullable ManyMembers members) {

    RoomReading reading(List<ShownEvent> stateEvents, List<ShownEvent> timelineEvents) {
      List<ShownEvent> wanted =
          stateEvents.stream()
              .filter(event -> Wanted.by(request.filter().room().state(), event.event().pdu()))
              .toList();
      return new RoomReading(
          question.roomId(),
          question.after() == 0,
          question.after(),
          new Slice(wanted, timelineEvents, timeline.limited(), timeline.start(), summary),
          members);
    }
  }
}
