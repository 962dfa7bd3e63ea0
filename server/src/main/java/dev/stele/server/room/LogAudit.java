package dev.stele.server.room;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.record.Entry;
import dev.stele.server.record.RoomEvent;
import dev.stele.stateres.auth.AuthRules;
import dev.stele.stateres.auth.AuthVerdict;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.PduResult;
import dev.stele.stateres.event.StateKey;
import dev.stele.stateres.sign.JsonSignatures;
import dev.stele.stateres.sign.Verifier;
import dev.stele.stateres.version.RoomVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks the room events of a log against what they claim to be: ids and hashes, this server's
 * signatures, their place in the DAG, and their right to be in the room by the state that the
 * events before them lead to. Fed in position order; expensive, so not for event loops. Not
 * thread-safe.
 */
public final class LogAudit {
  private final String serverName;
  private final String keyId;
  private final Verifier verifier;
  private final Map<String, Replay> rooms = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private long events;
  private long erased;

  /**
   * @param keyId the id of this server's signing key
   * @param verifier its public key
   */
  public LogAudit(String serverName, String keyId, Verifier verifier) {
    this.serverName = serverName;
    this.keyId = keyId;
    this.verifier = verifier;
  }

  /** Checks the next record. */
  public void check(Entry entry) {
    if (entry.fact() instanceof RoomEvent event) {
      events++;
      erased += event.erased() ? 1 : 0;
      String problem = problem(event);
      if (problem != null) {
        problems.add("position " + entry.position() + ", " + event.eventId() + ": " + problem);
      }
    }
  }

  /** How many room events were checked. */
  public long events() {
    return events;
  }

  /** How many of them have lost their content. */
  public long erased() {
    return erased;
  }

  /** How many rooms they belong to. */
  public long rooms() {
    return rooms.size();
  }

  /** What was found, a line each. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  private @Nullable String problem(RoomEvent event) {
    Pdu pdu = event.pdu();
    String form = problemOfForm(event);
    Replay replay = rooms.computeIfAbsent(pdu.roomId(), room -> Replay.of(pdu.version()));
    String place = replay.problem(pdu);
    rooms.put(pdu.roomId(), replay.after(pdu));
    return form == null ? place : form;
  }

  private @Nullable String problemOfForm(RoomEvent event) {
    Pdu pdu = event.pdu();
    PduResult read = Pdu.parse(pdu.version(), pdu.json().deepCopy());
    if (read instanceof PduResult.Refused refused) {
      return "it is no event: " + refused.message();
    }
    if (!read.orThrow().eventId().equals(pdu.eventId())) {
      return "its hash makes it " + read.orThrow().eventId();
    }
    if (!event.erased() && !pdu.hasValidContentHash()) {
      return "its content is not what was hashed";
    }
    boolean ours = pdu.sender().endsWith(":" + serverName);
    if (ours && !JsonSignatures.verify(pdu.redactedJson(), serverName, keyId, verifier)) {
      return "its signature is not valid";
    }
    return null;
  }

  /**
   * A room as far as its events have been seen.
   *
   * @param stateEvents those of the current state, by id
   * @param last the last event, or null before the first
   */
  private record Replay(RoomState state, Map<String, Pdu> stateEvents, @Nullable Pdu last) {
    static Replay of(RoomVersion version) {
      return new Replay(RoomState.empty(version), new HashMap<>(), null);
    }

    @Nullable String problem(Pdu pdu) {
      if (!new HashSet<>(pdu.prevEvents()).equals(new HashSet<>(state.extremities()))) {
        return "it does not follow the events before it";
      }
      if (pdu.version().eventReferencesCarryHashes()
          && !(hasTrueHashes(pdu, "prev_events") && hasTrueHashes(pdu, "auth_events"))) {
        return "it refers to an event by a hash that is not that event's";
      }
      return AuthRules.check(pdu, this::at) instanceof AuthVerdict.Denied denied
          ? "it is not allowed: " + denied.message()
          : null;
    }

    private boolean hasTrueHashes(Pdu pdu, String references) {
      for (JsonNode reference : pdu.json().path(references)) {
        Pdu event = seen(reference.path(0).asText());
        String hash = reference.path(1).path("sha256").asText();
        if (event == null || !event.referenceHash().equals(hash)) {
          return false;
        }
      }
      return true;
    }

    private @Nullable Pdu seen(String eventId) {
      return last != null && last.eventId().equals(eventId) ? last : stateEvents.get(eventId);
    }

    private @Nullable Pdu at(StateKey key) {
      String eventId = state.at(key);
      return eventId == null ? null : stateEvents.get(eventId);
    }

    Replay after(Pdu pdu) {
      if (pdu.isState()) {
        String replaced = state.at(pdu.key());
        if (replaced != null) {
          stateEvents.remove(replaced);
        }
        stateEvents.put(pdu.eventId(), pdu);
      }
      return new Replay(state.after(pdu), stateEvents, pdu);
    }
  }
}
