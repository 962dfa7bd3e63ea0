package dev.stele.stateres.resolve;

import dev.stele.stateres.auth.AuthRules;
import dev.stele.stateres.event.EventSource;
import dev.stele.stateres.event.EventType;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** State resolution v1 as its pages tell it, pass by pass: what the real one is compared with. */
final class PlainFirstResolution {
  private final EventSource events;
  private Map<StateKey, String> result = new HashMap<>();

  PlainFirstResolution(EventSource events) {
    this.events = events;
  }

  Map<StateKey, String> resolve(List<Map<StateKey, String>> states) {
    Map<StateKey, Set<String>> ids = new HashMap<>();
    for (Map<StateKey, String> state : states) {
      state.forEach((key, id) -> ids.computeIfAbsent(key, any -> new TreeSet<>()).add(id));
    }
    ids.forEach(
        (key, found) -> {
          if (found.size() == 1) {
            result.put(key, found.iterator().next());
          }
        });
    ids.values().removeIf(found -> found.size() == 1);
    for (String type :
        List.of(EventType.POWER_LEVELS, EventType.JOIN_RULES, EventType.MEMBER, "others")) {
      pass(type, ids);
    }
    return result;
  }

  private void pass(String type, Map<StateKey, Set<String>> conflicts) {
    Map<StateKey, String> after = new HashMap<>(result);
    conflicts.forEach(
        (key, ids) -> {
          boolean special =
              Set.of(EventType.POWER_LEVELS, EventType.JOIN_RULES, EventType.MEMBER)
                  .contains(key.type());
          if (key.type().equals(type)) {
            after.put(key, climb(key, sorted(ids)));
          } else if (!special && type.equals("others")) {
            after.put(key, highest(sorted(ids)));
          }
        });
    result = after;
  }

  private String climb(StateKey key, List<Pdu> sorted) {
    Map<StateKey, String> state = new HashMap<>(result);
    state.put(key, sorted.get(0).eventId());
    for (Pdu event : sorted.subList(1, sorted.size())) {
      if (!isAllowed(event, state)) {
        break;
      }
      state.put(key, event.eventId());
    }
    return state.get(key);
  }

  private String highest(List<Pdu> sorted) {
    List<Pdu> allowed = sorted.stream().filter(event -> isAllowed(event, result)).toList();
    return (allowed.isEmpty() ? sorted.get(0) : allowed.get(allowed.size() - 1)).eventId();
  }

  private boolean isAllowed(Pdu event, Map<StateKey, String> state) {
    return AuthRules.check(event, key -> state.containsKey(key) ? events.get(state.get(key)) : null)
        .isAllowed();
  }

  private List<Pdu> sorted(Set<String> ids) {
    List<Pdu> sorted = new ArrayList<>(ids.stream().map(events::get).toList());
    sorted.sort(
        Comparator.comparingLong(Pdu::depth)
            .thenComparing(event -> sha1(event.eventId()), Comparator.reverseOrder()));
    return sorted;
  }

  private static String sha1(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
