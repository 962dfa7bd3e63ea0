package dev.stele.server.room;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.server.record.Fact;
import dev.stele.stateres.auth.PowerLevels;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replace a room by another one. The old room's last events and everything about the new room are
 * one append, so that a crash leaves either both rooms as they should be or the old one untouched.
 *
 * @param roomId the old room
 * @param sender who upgrades it
 * @param replacement the new room's id
 * @param facts the new room, and what moves to it
 * @param tombstone the event by which the old room had been replaced when it was read, or null
 */
public record UpgradeRoom(
    String roomId, String sender, String replacement, List<Fact> facts, @Nullable String tombstone)
    implements RoomCommand {
  private static final StateKey TOMBSTONE = new StateKey("m.room.tombstone", "");
  private static final StateKey CANONICAL_ALIAS = new StateKey("m.room.canonical_alias", "");
  private static final long MODERATOR = 50;

  public UpgradeRoom {
    facts = List.copyOf(facts);
  }

  @Override
  public Set<StateKey> reads() {
    return Set.of(TOMBSTONE, CANONICAL_ALIAS, RoomKeys.CREATE, RoomKeys.POWER_LEVELS);
  }

  /** {@code M_BAD_STATE} if the room has been replaced since it was read. */
  @Override
  public Decision decide(RoomView room) {
    Pdu present = room.state(TOMBSTONE);
    String now = present == null ? null : present.eventId();
    if (!Optional.ofNullable(now).equals(Optional.ofNullable(tombstone))) {
      return new Decision.Refuse(
          MatrixError.of(ErrorCode.BAD_STATE, "The room was replaced in the meantime"));
    }
    PowerLevels levels = PowerLevels.of(room.version(), room::state);
    List<EventDraft> drafts = new ArrayList<>();
    drafts.add(
        draft(
            TOMBSTONE,
            JsonNodeFactory.instance
                .objectNode()
                .put("body", "This room has been replaced")
                .put("replacement_room", replacement)));
    Pdu alias = room.state(CANONICAL_ALIAS);
    if (alias != null
        && !alias.content().isEmpty()
        && levels.maySend(sender, CANONICAL_ALIAS.type(), true)) {
      drafts.add(draft(CANONICAL_ALIAS, JsonNodeFactory.instance.objectNode()));
    }
    silenced(room, levels).ifPresent(quiet -> drafts.add(draft(RoomKeys.POWER_LEVELS, quiet)));
    return new Decision.Emit(drafts);
  }

  private EventDraft draft(StateKey key, ObjectNode content) {
    return EventDraft.state(key.type(), key.stateKey(), sender, content);
  }

  /** Power levels by which only moderators speak and invite, if the sender may set such. */
  private Optional<ObjectNode> silenced(RoomView room, PowerLevels levels) {
    Pdu written = room.state(RoomKeys.POWER_LEVELS);
    long own = levels.userLevel(sender);
    long least = Math.max(MODERATOR, levels.usersDefault() + 1);
    long events = Math.max(levels.eventsDefault(), least);
    long invite = Math.max(levels.inviteLevel(), least);
    boolean changes = events != levels.eventsDefault() || invite != levels.inviteLevel();
    boolean allowed = levels.maySend(sender, "m.room.power_levels", true);
    return written != null && changes && allowed && own >= Math.max(events, invite)
        ? Optional.of(
            written.content().deepCopy().put("events_default", events).put("invite", invite))
        : Optional.empty();
  }
}
