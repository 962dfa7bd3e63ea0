package dev.stele.server.room;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.projection.AliasRow;
import dev.stele.server.record.AliasCreated;
import dev.stele.server.record.AliasDeleted;
import dev.stele.server.record.Fact;
import dev.stele.server.record.RoomPublished;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.version.RoomVersion;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The room that replaces an old one: what it takes over, and what moves to it. Client-server API,
 * "Room Upgrades".
 *
 * <p>Members stay behind, since nobody can be made to join. The power levels come last: until then
 * the creator stands above what the other pieces take, whatever their level in the old room.
 */
public final class RoomReplacement {
  /** What is taken over with an empty state key, in this order. */
  public static final List<String> TYPES =
      List.of(
          "m.room.join_rules",
          "m.room.history_visibility",
          "m.room.guest_access",
          "m.room.encryption",
          "m.room.server_acl",
          "m.room.name",
          "m.room.topic",
          "m.room.avatar",
          "m.room.canonical_alias",
          "m.room.power_levels");

  /** What a space consists of; one piece a room. */
  public static final String CHILD = "m.space.child";

  private static final String POWER_LEVELS = "m.room.power_levels";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final OldRoom old;
  private final RoomVersion version;
  private final String creator;
  private final Set<String> additionalCreators;

  /**
   * @param creator who upgrades the room
   * @param additionalCreators who else stands above all in it, where the version knows such
   */
  public RoomReplacement(
      OldRoom old, RoomVersion version, String creator, List<String> additionalCreators) {
    this.old = old;
    this.version = version;
    this.creator = creator;
    this.additionalCreators = new LinkedHashSet<>(additionalCreators);
    this.additionalCreators.remove(creator);
  }

  /** What the new room's create event says. */
  public ObjectNode createContent() {
    ObjectNode content = JSON.objectNode();
    for (String kept : List.of("type", "m.federate")) {
      if (old.create().content().has(kept)) {
        content.set(kept, old.create().content().get(kept));
      }
    }
    content.put("room_version", version.id());
    content.putObject("predecessor").put("room_id", old.roomId()).put("event_id", old.lastEvent());
    if (version.creatorInContent()) {
      content.put("creator", creator);
    }
    if (version.creatorsArePrivileged() && !additionalCreators.isEmpty()) {
      additionalCreators.forEach(content.putArray("additional_creators")::add);
    }
    return content;
  }

  /**
   * The command that makes the new room of its create event.
   *
   * @param profile what the creator's member event says of them
   */
  public CreateRoom command(Pdu create, ObjectNode profile) {
    List<EventDraft> drafts = new ArrayList<>();
    drafts.add(
        EventDraft.state(
            "m.room.member", creator, creator, profile.deepCopy().put("membership", "join")));
    for (NewRoom.Piece piece : old.state()) {
      carried(piece).ifPresent(content -> drafts.add(draft(piece, content)));
    }
    for (String user : old.banned()) {
      if (additionalCreators.contains(user)) {
        continue;
      }
      drafts.add(
          EventDraft.state(
              "m.room.member", user, creator, JSON.objectNode().put("membership", "ban")));
    }
    drafts.add(EventDraft.state(POWER_LEVELS, "", creator, powerLevels()));
    return new CreateRoom(create, drafts, moves(create.roomId()));
  }

  private EventDraft draft(NewRoom.Piece piece, ObjectNode content) {
    return EventDraft.state(piece.type(), piece.stateKey(), creator, content);
  }

  /** What becomes of a piece of state; nothing if there is nothing in it to take over. */
  private Optional<ObjectNode> carried(NewRoom.Piece piece) {
    ObjectNode content =
        switch (piece.type()) {
          case POWER_LEVELS -> JSON.objectNode();
          case "m.room.join_rules" -> joinRules(piece.content());
          case "m.room.canonical_alias" -> canonicalAlias(piece.content());
          default -> piece.content();
        };
    return content.isEmpty() ? Optional.empty() : Optional.of(content);
  }

  /** A rule that the version does not know would let nobody in, invited or not. */
  private ObjectNode joinRules(ObjectNode content) {
    ObjectNode rules = content.deepCopy();
    String rule =
        switch (content.path("join_rule").asText()) {
          case "knock_restricted" ->
              version.knockRestricted() ? "knock_restricted" : restrictedOrInvite();
          case "restricted" -> restrictedOrInvite();
          case "knock" -> version.knocking() ? "knock" : "invite";
          default -> content.path("join_rule").asText("invite");
        };
    return rules.put("join_rule", rule);
  }

  private String restrictedOrInvite() {
    return version.restrictedJoins() ? "restricted" : "invite";
  }

  /** Of the aliases that the old room calls its own, those that move. */
  private ObjectNode canonicalAlias(ObjectNode content) {
    Set<String> moving = old.aliases().stream().map(AliasRow::alias).collect(Collectors.toSet());
    ObjectNode kept = JSON.objectNode();
    if (moving.contains(content.path("alias").asText())) {
      kept.set("alias", content.get("alias"));
    }
    ArrayNode others = JSON.arrayNode();
    for (JsonNode other : content.path("alt_aliases")) {
      if (moving.contains(other.asText())) {
        others.add(other);
      }
    }
    return others.isEmpty() ? kept : kept.set("alt_aliases", others);
  }

  private ObjectNode powerLevels() {
    Set<String> creators = new LinkedHashSet<>(additionalCreators);
    creators.add(creator);
    ObjectNode levels =
        old.piece(POWER_LEVELS).map(NewRoom.Piece::content).orElseGet(this::initialPowerLevels);
    return CarriedPowerLevels.of(levels, old.create(), version, creators);
  }

  /** Without an event, all power was its creator's. */
  private ObjectNode initialPowerLevels() {
    ObjectNode levels = InitialPowerLevels.withoutUsers(version);
    levels.putObject("users").put(creator, 100);
    return levels;
  }

  /** What points to the new room from now on. */
  private List<Fact> moves(String roomId) {
    List<Fact> facts = new ArrayList<>();
    for (AliasRow row : old.aliases()) {
      facts.add(new AliasDeleted(row.alias(), old.roomId()));
      facts.add(new AliasCreated(row.alias(), roomId, row.creator()));
    }
    if (old.listed()) {
      facts.add(new RoomPublished(old.roomId(), false));
      facts.add(new RoomPublished(roomId, true));
    }
    return facts;
  }
}
