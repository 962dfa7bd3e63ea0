package dev.stele.stateres.dag;

import dev.stele.stateres.event.Pdu;
import java.util.List;

/** Which references make up the graph. */
public enum Edges {
  /** The events that came before. */
  PREV_EVENTS,
  /** The events that allow an event. */
  AUTH_EVENTS;

  List<String> of(Pdu event) {
    return this == PREV_EVENTS ? event.prevEvents() : event.authEvents();
  }
}
