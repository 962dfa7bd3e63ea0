package dev.stele.stateres.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.stele.stateres.dag.Edges;
import dev.stele.stateres.dag.EventDag;
import dev.stele.stateres.event.EventSource;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import dev.stele.stateres.json.CanonicalJson;
import dev.stele.stateres.resolve.AuthChains;
import dev.stele.stateres.resolve.StateMap;
import dev.stele.stateres.resolve.StateResolver;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Prints the resolution of several states. */
final class Resolve implements Command {
  private static final Comparator<Map.Entry<StateKey, String>> ORDER =
      Comparator.<Map.Entry<StateKey, String>, String>comparing(
              entry -> entry.getKey().type(), CanonicalJson::compareByCodePoint)
          .thenComparing(entry -> entry.getKey().stateKey(), CanonicalJson::compareByCodePoint);

  @Override
  public Set<String> options() {
    return Set.of("room-version", "events", "state-sets", "rejected");
  }

  @Override
  public JsonNode run(Options options) {
    EventFile file = EventFile.read(options);
    String name = options.required("state-sets");
    List<StateMap<String>> states = states(name, options.files().json(name), file);
    requireAuthChains(states, file);
    return sorted(StateResolver.resolve(options.roomVersion(), states, sourceOf(file, options)));
  }

  private static List<StateMap<String>> states(String name, JsonNode sets, EventFile file) {
    if (!sets.isArray()) {
      throw new BadInput(name + ": expected an array of arrays of event ids");
    }
    var states = new ArrayList<StateMap<String>>();
    for (JsonNode set : sets) {
      states.add(state(name, set, file));
    }
    return states;
  }

  private static StateMap<String> state(String name, JsonNode set, EventFile file) {
    StateMap<String> state = StateMap.empty();
    for (String id : Ids.of(name, set)) {
      Pdu event = file.require(id, name);
      if (!event.isState()) {
        throw new BadInput(name + ": " + id + " is no state event");
      }
      String other = state.get(event.key());
      if (other != null && !other.equals(id)) {
        throw new BadInput(name + ": " + other + " and " + id + " are one state's same entry");
      }
      state = state.put(event.key(), id);
    }
    return state;
  }

  /** The result is defined where auth chains are complete, without cycles and of one room. */
  private static void requireAuthChains(List<StateMap<String>> states, EventFile file) {
    Set<String> ids = new TreeSet<>();
    states.forEach(state -> state.forEach((key, id) -> ids.add(id)));
    ids.addAll(AuthChains.of(ids, file));
    var events = new ArrayList<Pdu>();
    for (String id : ids) {
      Pdu event = file.require(id, "a state");
      events.add(event);
      if (!event.roomId().equals(events.get(0).roomId())) {
        throw new BadInput(id + " is of another room than " + events.get(0).eventId());
      }
      event.authEvents().forEach(auth -> requireAuthEvent(file, auth, id));
      requireAuthEvent(file, file.impliedCreate(event), id);
    }
    Set<String> cyclic = EventDag.of(events).order(Edges.AUTH_EVENTS).cyclic();
    if (!cyclic.isEmpty()) {
      throw new BadInput("auth events form a cycle at " + new TreeSet<>(cyclic).first());
    }
  }

  private static void requireAuthEvent(EventFile file, @Nullable String id, String wantedBy) {
    if (id != null) {
      var unused = file.require(id, wantedBy);
    }
  }

  private static EventSource sourceOf(EventFile file, Options options) {
    String name = options.optional("rejected");
    Set<String> rejected =
        name == null ? Set.of() : new HashSet<>(Ids.of(name, options.files().json(name)));
    return new EventSource() {
      @Override
      public @Nullable Pdu get(String eventId) {
        return file.get(eventId);
      }

      @Override
      public boolean isRejected(String eventId) {
        return rejected.contains(eventId);
      }
    };
  }

  private static ArrayNode sorted(StateMap<String> state) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    List<Map.Entry<StateKey, String>> entries = state.entries();
    entries.sort(ORDER);
    for (Map.Entry<StateKey, String> entry : entries) {
      array
          .addArray()
          .add(entry.getKey().type())
          .add(entry.getKey().stateKey())
          .add(entry.getValue());
    }
    return array;
  }
}
