package dev.stele.stateres.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.stele.stateres.auth.AuthRules;
import dev.stele.stateres.auth.AuthVerdict;
import dev.stele.stateres.dag.Edges;
import dev.stele.stateres.dag.EventDag;
import dev.stele.stateres.dag.StateHistory;
import dev.stele.stateres.dag.TopologicalOrder;
import dev.stele.stateres.event.EventSource;
import dev.stele.stateres.event.EventType;
import dev.stele.stateres.event.Pdu;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Prints of each event whether the rules allow it, by its auth events or, if so asked, also by the
 * state before it. An event that rests on a denied one is itself denied.
 */
final class Auth implements Command {

  @Override
  public Set<String> options() {
    return Set.of("room-version", "events", "against");
  }

  @Override
  public JsonNode run(Options options) {
    String against = options.optional("against");
    EventFile file = EventFile.read(options);
    if (against == null || against.equals("auth-events")) {
      return printed(file, new ByAuthEvents(file).verdicts());
    }
    if (against.equals("state")) {
      return printed(file, byState(file, options));
    }
    throw new BadInput("--against: " + against + " (expected: auth-events or state)");
  }

  /** The verdicts by the events that each event lists. */
  private static final class ByAuthEvents implements EventSource {
    private final EventFile file;
    private final Map<String, AuthVerdict> verdicts = new HashMap<>();

    ByAuthEvents(EventFile file) {
      this.file = file;
    }

    Map<String, AuthVerdict> verdicts() {
      List<Pdu> sorted = sorted(file, Edges.AUTH_EVENTS);
      // From version 12 events rest on a create event that they do not list.
      sorted.stream().filter(Auth::isCreate).forEach(this::judge);
      sorted.stream().filter(event -> !isCreate(event)).forEach(this::judge);
      return verdicts;
    }

    private void judge(Pdu event) {
      verdicts.put(event.eventId(), AuthRules.checkAgainstAuthEvents(event, this));
    }

    @Override
    public @Nullable Pdu get(String eventId) {
      return file.get(eventId);
    }

    @Override
    public boolean isRejected(String eventId) {
      AuthVerdict verdict = verdicts.get(eventId);
      return verdict != null && !verdict.isAllowed();
    }
  }

  private static boolean isCreate(Pdu event) {
    return event.type().equals(EventType.CREATE);
  }

  private static List<Pdu> sorted(EventFile file, Edges edges) {
    TopologicalOrder order = EventDag.of(file.all()).order(edges);
    if (!order.cyclic().isEmpty()) {
      String kind = edges == Edges.AUTH_EVENTS ? "auth" : "previous";
      String first = new TreeSet<>(order.cyclic()).first();
      throw new BadInput(kind + " events form a cycle at " + first);
    }
    return order.events();
  }

  private static Map<String, AuthVerdict> byState(EventFile file, Options options) {
    var history = new StateHistory(options.roomVersion());
    var verdicts = new HashMap<String, AuthVerdict>();
    for (Pdu event : sorted(file, Edges.PREV_EVENTS)) {
      for (String id : event.prevEvents()) {
        var unused = file.require(id, event.eventId());
      }
      verdicts.put(event.eventId(), history.add(event));
    }
    return verdicts;
  }

  private static ArrayNode printed(EventFile file, Map<String, AuthVerdict> verdicts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Pdu event : file.all()) {
      AuthVerdict verdict = verdicts.get(event.eventId());
      ArrayNode entry = array.addArray().add(event.eventId());
      if (verdict instanceof AuthVerdict.Denied denied) {
        entry.add("denied").add(denied.reason().name());
      } else {
        entry.add("allowed").addNull();
      }
    }
    return array;
  }
}
