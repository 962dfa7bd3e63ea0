package dev.stele.server.room;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.auth.AuthEventTypes;
import dev.stele.stateres.event.PduBuilder;
import dev.stele.stateres.event.PduResult;
import dev.stele.stateres.event.StateKey;
import dev.stele.stateres.sign.Signer;
import dev.stele.stateres.version.RoomVersion;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Builds, hashes and signs this server's events. Thread-safe. */
public final class EventFactory {
  private final String serverName;
  private final Signer signer;
  private final InstantSource clock;
  private final AtomicLong lastCreation = new AtomicLong();

  public EventFactory(String serverName, Signer signer, InstantSource clock) {
    this.serverName = serverName;
    this.signer = signer;
    this.clock = clock;
  }

  /**
   * A room's create event. No two have the same time: where the room's id derives from this event,
   * equal rooms that a user makes in one millisecond would be one.
   *
   * @param roomId the room's id; null in versions that derive it from this event
   */
  public PduResult create(
      RoomVersion version, @Nullable String roomId, String creator, ObjectNode content) {
    return new PduBuilder(version, "m.room.create", creator)
        .roomId(roomId)
        .stateKey("")
        .content(content)
        .depth(1)
        .originServerTs(lastCreation.updateAndGet(last -> Math.max(last + 1, clock.millis())))
        .build(serverName, signer);
  }

  /** The pieces of state that an event is authorised by. */
  static Set<StateKey> authorisedBy(RoomVersion version, EventDraft draft) {
    return AuthEventTypes.select(
        version, draft.type(), draft.sender(), draft.stateKey(), draft.content());
  }

  /**
   * The event that a draft becomes as the next one of a room. Whatever events of the room it refers
   * to by hash must have been required of the view.
   *
   * @param authorisedBy the pieces of state that authorise it
   */
  PduResult next(String roomId, CommandView view, EventDraft draft, Set<StateKey> authorisedBy) {
    RoomState state = view.room();
    List<String> authEvents =
        authorisedBy.stream().map(state::at).filter(Objects::nonNull).toList();
    return new PduBuilder(state.version(), draft.type(), draft.sender())
        .roomId(roomId)
        .stateKey(draft.stateKey())
        .content(draft.content())
        .redacts(draft.redacts())
        .prevEvents(state.extremities(), view::referenceHash)
        .authEvents(authEvents, view::referenceHash)
        .depth(state.nextDepth())
        .originServerTs(clock.millis())
        .build(serverName, signer);
  }
}
