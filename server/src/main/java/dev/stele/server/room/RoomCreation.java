package dev.stele.server.room;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.record.AliasCreated;
import dev.stele.server.record.Fact;
import dev.stele.server.record.RoomPublished;
import dev.stele.stateres.event.Pdu;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a new room's wishes come to: its create event's content, the events after it in the order
 * that the specification gives, and what becomes true beside them. Client-server API, "Creation".
 */
public final class RoomCreation {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final NewRoom room;
  private final Map<String, ObjectNode> profiles;

  /**
   * @param profiles what is known of the creator and of the invited, by user id
   */
  public RoomCreation(NewRoom room, Map<String, ObjectNode> profiles) {
    this.room = room;
    this.profiles = profiles;
  }

  /** What the create event says. */
  public ObjectNode createContent() {
    ObjectNode content = room.creationContent().deepCopy();
    content.remove("creator");
    content.put("room_version", room.version().id());
    if (room.version().creatorInContent()) {
      content.put("creator", room.creator());
    }
    if (room.version().creatorsArePrivileged() && room.preset().trustsInvitees()) {
      addCreators(content);
    }
    return content;
  }

  private void addCreators(ObjectNode content) {
    Set<String> creators = new LinkedHashSet<>();
    for (JsonNode creator : content.path("additional_creators")) {
      creators.add(creator.asText());
    }
    creators.addAll(room.invited());
    creators.remove(room.creator());
    if (!creators.isEmpty()) {
      ArrayNode additional = content.putArray("additional_creators");
      creators.forEach(additional::add);
    }
  }

  /** The command that makes the room of its create event. */
  public CreateRoom command(Pdu create) {
    return new CreateRoom(create, drafts(), facts(create.roomId()));
  }

  private List<EventDraft> drafts() {
    List<EventDraft> drafts = new ArrayList<>();
    drafts.add(member(room.creator(), "join"));
    drafts.add(state("m.room.power_levels", InitialPowerLevels.of(room)));
    if (room.alias() != null) {
      drafts.add(state("m.room.canonical_alias", JSON.objectNode().put("alias", room.alias())));
    }
    addPreset(drafts);
    for (NewRoom.Piece piece : room.initialState()) {
      drafts.add(EventDraft.state(piece.type(), piece.stateKey(), room.creator(), piece.content()));
    }
    if (room.name() != null) {
      drafts.add(state("m.room.name", JSON.objectNode().put("name", room.name())));
    }
    if (room.topic() != null) {
      drafts.add(state("m.room.topic", topic(room.topic())));
    }
    for (String invitee : room.invited()) {
      drafts.add(member(invitee, "invite"));
    }
    return drafts;
  }

  private void addPreset(List<EventDraft> drafts) {
    RoomPreset preset = room.preset();
    addDefault(drafts, "m.room.join_rules", "join_rule", preset.joinRule());
    addDefault(
        drafts, "m.room.history_visibility", "history_visibility", RoomPreset.HISTORY_VISIBILITY);
    addDefault(drafts, "m.room.guest_access", "guest_access", preset.guestAccess());
  }

  /** Adds what a preset says, unless the initial state says it. */
  private void addDefault(List<EventDraft> drafts, String type, String field, String value) {
    if (room.initialState().stream()
        .noneMatch(piece -> piece.type().equals(type) && piece.stateKey().isEmpty())) {
      drafts.add(state(type, JSON.objectNode().put(field, value)));
    }
  }

  private static ObjectNode topic(String text) {
    ObjectNode content = JSON.objectNode().put("topic", text);
    content
        .putObject("m.topic")
        .putArray("m.text")
        .addObject()
        .put("body", text)
        .put("mimetype", "text/plain");
    return content;
  }

  private EventDraft state(String type, ObjectNode content) {
    return EventDraft.state(type, "", room.creator(), content);
  }

  private EventDraft member(String userId, String membership) {
    ObjectNode content = JSON.objectNode();
    ObjectNode profile = profiles.get(userId);
    if (profile != null) {
      content.setAll(profile);
    }
    content.put("membership", membership);
    if (room.direct() && membership.equals("invite")) {
      content.put("is_direct", true);
    }
    return EventDraft.state("m.room.member", userId, room.creator(), content);
  }

  private List<Fact> facts(String roomId) {
    List<Fact> facts = new ArrayList<>();
    if (room.alias() != null) {
      facts.add(new AliasCreated(room.alias(), roomId, room.creator()));
    }
    if (room.listed()) {
      facts.add(new RoomPublished(roomId, true));
    }
    return facts;
  }
}
