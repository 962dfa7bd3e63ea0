package dev.stele.server.room;

import dev.stele.server.record.Entry;
import dev.stele.server.record.RoomEvent;
import dev.stele.stateres.event.EventSource;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.PduResult;
import dev.stele.stateres.sign.JsonSignatures;
import dev.stele.stateres.sign.Verifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks the room events of a log against what they claim to be: ids and hashes, this server's
 * signatures, their place in the DAG, and their right to be in the room by the state that the
 * events before them lead to, which is resolved where the DAG forks. Fed in position order;
 * expensive, so not for event loops. Not thread-safe.
 */
public final class LogAudit {
  private final String serverName;
  private final String keyId;
  private final Verifier verifier;
  private final EventSource older;
  private final Map<String, Replay> rooms = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private long events;
  private long erased;

  /**
   * @param keyId the id of this server's signing key
   * @param verifier its public key
   * @param older finds events of the log that were checked already; it may block
   */
  public LogAudit(String serverName, String keyId, Verifier verifier, EventSource older) {
    this.serverName = serverName;
    this.keyId = keyId;
    this.verifier = verifier;
    this.older = older;
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
    Replay replay = rooms.computeIfAbsent(pdu.roomId(), room -> new Replay(pdu.version(), older));
    String place = replay.take(pdu);
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
}
