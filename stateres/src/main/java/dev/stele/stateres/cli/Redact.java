package dev.stele.stateres.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.stateres.event.Redaction;
import java.util.Set;

/** Prints what redaction leaves of an event. */
final class Redact implements Command {

  @Override
  public Set<String> options() {
    return Set.of("room-version", "event");
  }

  @Override
  public JsonNode run(Options options) {
    return Redaction.redact(
        options.roomVersion(), options.files().object(options.required("event")));
  }
}
