package dev.stele.server.unread;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which threads events belong to. Client-server API, "Threaded read receipts". Thread-safe. */
public final class Threads {
  /** The thread of everything that is in no other. */
  public static final String MAIN = "main";

  /** How many relations to follow from an event towards a thread. */
  private static final int MAX_HOPS = 3;

  private final EventCache events;

  public Threads(EventCache events) {
    this.events = events;
  }

  /**
   * Whether an event has to do with a thread: begins it, is in it, or relates to what is.
   * Everything has to do with the main one.
   */
  public Future<Boolean> relates(KnownEvent event, String threadId) {
    return threadId.equals(MAIN) || event.id().equals(threadId)
        ? Future.succeededFuture(true)
        : of(Set.of(event)).map(threads -> threadId.equals(threads.get(event.id())));
  }

  /** The thread of each of these events by id: its root, or {@link #MAIN}. */
  public Future<Map<String, String>> of(Collection<KnownEvent> asked) {
    Map<String, String> found = new HashMap<>();
    Map<String, KnownEvent> open = new HashMap<>();
    for (KnownEvent event : asked) {
      found.put(event.id(), MAIN);
      open.put(event.id(), event);
    }
    return follow(open, found, MAX_HOPS);
  }

  /**
   * @param open how far each event was followed, by its id
   */
  private Future<Map<String, String>> follow(
      Map<String, KnownEvent> open, Map<String, String> found, int hops) {
    Map<String, String> targets = new HashMap<>();
    open.forEach(
        (id, reached) -> {
          String target = target(reached);
          if (target != null && begins(reached)) {
            found.put(id, target);
          } else if (target != null && hops > 0) {
            targets.put(id, target);
          }
        });
    if (targets.isEmpty()) {
      return Future.succeededFuture(found);
    }
    return events
        .byId(new HashSet<>(targets.values()))
        .compose(
            parents -> {
              Map<String, KnownEvent> further = new HashMap<>();
              targets.forEach(
                  (id, target) -> {
                    KnownEvent parent = parents.get(target);
                    KnownEvent from = open.get(id);
                    if (parent != null
                        && from != null
                        && parent.pdu().roomId().equals(from.pdu().roomId())) {
                      further.put(id, parent);
                    }
                  });
              return follow(further, found, hops - 1);
            });
  }

  private static boolean begins(KnownEvent event) {
    return relation(event).path("rel_type").asText().equals("m.thread");
  }

  private static @Nullable String target(KnownEvent event) {
    return relation(event).path("event_id").textValue();
  }

  private static JsonNode relation(KnownEvent event) {
    return event.pdu().content().path("m.relates_to");
  }
}
