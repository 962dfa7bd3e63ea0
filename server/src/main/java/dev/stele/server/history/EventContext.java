package dev.stele.server.history;

import dev.stele.server.event.ShownEvent;
import dev.stele.server.projection.TopologicalPoint;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An event with what is around it. Client-server API, "Event Context".
 *
 * @param start where to go on backwards
 * @param end where to go on forwards
 * @param before what was before it, latest first
 * @param event the event
 * @param after what was after it, earliest first
 * @param state the room's state at the last of these events, as far as it was read with them
 */
public record EventContext(
    PageToken start,
    PageToken end,
    List<ShownEvent> before,
    ShownEvent event,
    List<ShownEvent> after,
    List<ShownEvent> state) {

  static EventContext of(Page earlier, ShownEvent event, Page later) {
    List<ShownEvent> before = earlier.events();
    List<ShownEvent> after = later.events();
    PageToken start =
        before.isEmpty() ? earlier.start() : PageToken.of(point(before.get(before.size() - 1)));
    PageToken end = after.isEmpty() ? later.start() : PageToken.after(point(last(after)));
    return new EventContext(start, end, before, event, after, List.of());
  }

  EventContext with(List<ShownEvent> state) {
    return new EventContext(start, end, before, event, after, state);
  }

  /** The event, then those before it, then those after it. */
  public List<ShownEvent> events() {
    return Stream.concat(Stream.of(event), Stream.concat(before.stream(), after.stream())).toList();
  }

  /**
   * The same context with its events shown otherwise.
   *
   * @param shown as many as {@link #events}, in the same order
   */
  public EventContext withEvents(List<ShownEvent> shown) {
    int split = 1 + before.size();
    return new EventContext(
        start,
        end,
        shown.subList(1, split),
        shown.get(0),
        shown.subList(split, shown.size()),
        state);
  }

  /** The latest of the events. */
  public ShownEvent last() {
    return after.isEmpty() ? event : last(after);
  }

  /** Who sent the events. */
  public Set<String> senders() {
    return events().stream().map(shown -> shown.event().pdu().sender()).collect(Collectors.toSet());
  }

  private static ShownEvent last(List<ShownEvent> events) {
    return events.get(events.size() - 1);
  }

  private static TopologicalPoint point(ShownEvent shown) {
    return new TopologicalPoint(shown.event().pdu().depth(), shown.event().position());
  }
}
