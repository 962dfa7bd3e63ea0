package dev.stele.stateres.resolve;

import dev.stele.stateres.auth.AuthRules;
import dev.stele.stateres.auth.AuthState;
import dev.stele.stateres.event.EventSource;
import dev.stele.stateres.event.EventType;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * State resolution of room version 1: by depth and by the SHA-1 hash of the event id.
 *
 * <p>A key that only some states have is in conflict only if these differ. Where no event for a key
 * passes the rules, the specification is silent; like others, this takes the one of least depth.
 *
 * @see <a href="https://spec.matrix.org/v1.19/rooms/v1/#state-resolution">State resolution</a>
 */
final class FirstResolution {
  /** The types that authorise others, in the order in which they are settled. */
  private static final List<String> AUTH_TYPES =
      List.of(EventType.POWER_LEVELS, EventType.JOIN_RULES, EventType.MEMBER);

  private final Conflict conflict;
  private final EventSource events;
  private StateMap<String> resolved;

  FirstResolution(Conflict conflict, EventSource events) {
    this.conflict = conflict;
    this.events = events;
    this.resolved = conflict.resolvedWith(Map.of());
  }

  /** An event with what it is compared by. */
  private record Ranked(Pdu event, String hash) {
    /** Ascending depth, then descending hash. */
    static final Comparator<Ranked> ORDER =
        Comparator.<Ranked>comparingLong(ranked -> ranked.event.depth())
            .thenComparing(Comparator.comparing(Ranked::hash).reversed());
  }

  StateMap<String> resolve() {
    settle((key, ids) -> ids.size() == 1, ids -> List.copyOf(ids).get(0));
    for (String type : AUTH_TYPES) {
      settle((key, ids) -> ids.size() > 1 && key.type().equals(type), this::highestByClimbing);
    }
    settle((key, ids) -> ids.size() > 1 && !AUTH_TYPES.contains(key.type()), this::greatestAllowed);
    return resolved;
  }

  /** Settles all keys of a kind against the same state, so that their order does not matter. */
  private void settle(
      BiPredicate<StateKey, Set<String>> kind, Function<Set<String>, @Nullable String> choose) {
    StateMap<String> settled = resolved;
    for (Map.Entry<StateKey, ? extends Set<String>> entry : conflict.keys().entrySet()) {
      if (kind.test(entry.getKey(), entry.getValue())) {
        String chosen = choose.apply(entry.getValue());
        settled = chosen == null ? settled : settled.put(entry.getKey(), chosen);
      }
    }
    resolved = settled;
  }

  /** Starts from the least event and climbs as long as each allows the next. */
  private @Nullable String highestByClimbing(Set<String> ids) {
    Pdu top = null;
    for (Pdu event : ranked(ids)) {
      if (top != null && !isAllowed(event, top)) {
        return top.eventId();
      }
      top = event;
    }
    return top == null ? null : top.eventId();
  }

  /** The greatest event that the state allows, or the least. */
  private @Nullable String greatestAllowed(Set<String> ids) {
    List<Pdu> ranked = ranked(ids);
    for (int i = ranked.size() - 1; i >= 0; i--) {
      if (i == 0 || isAllowed(ranked.get(i), null)) {
        return ranked.get(i).eventId();
      }
    }
    return null;
  }

  private boolean isAllowed(Pdu event, @Nullable Pdu top) {
    AuthState state =
        key -> top != null && top.isState(key.type(), key.stateKey()) ? top : stateEvent(key);
    return AuthRules.check(event, state).isAllowed();
  }

  private @Nullable Pdu stateEvent(StateKey key) {
    String id = resolved.get(key);
    return id == null ? null : events.get(id);
  }

  private List<Pdu> ranked(Set<String> ids) {
    var ranked = new ArrayList<Ranked>();
    for (String id : ids) {
      Pdu event = events.get(id);
      if (event != null) {
        ranked.add(new Ranked(event, sha1(id)));
      }
    }
    ranked.sort(Ranked.ORDER);
    return ranked.stream().map(Ranked::event).toList();
  }

  private static String sha1(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-1", e);
    }
  }
}
