package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Body;
import dev.stele.server.identity.ThirdPartyId;
import dev.stele.server.room.NewRoom;
import dev.stele.server.room.RoomPreset;
import dev.stele.stateres.id.RoomAlias;
import dev.stele.stateres.id.UserId;
import dev.stele.stateres.version.RoomVersion;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /createRoom}, read and checked. */
final class NewRoomRequest {
  /** Enough for people, and for copies of big rooms; a room is made in one go. */
  private static final int MAX_INVITED = 500;

  private static final int MAX_INITIAL_STATE = 500;
  private static final int MAX_THIRD_PARTIES = 20;

  private final Body body;
  private final String creator;
  private final String serverName;

  NewRoomRequest(Body body, String creator, String serverName) {
    this.body = body;
    this.creator = creator;
    this.serverName = serverName;
  }

  /**
   * The room that is asked for.
   *
   * @param defaultVersion the version of rooms whose creators do not care
   */
  NewRoom read(RoomVersion defaultVersion) {
    RoomVersion version = version(defaultVersion);
    boolean listed = listed();
    return new NewRoom(
        creator,
        version,
        preset(listed),
        listed,
        alias(),
        body.string("name"),
        body.string("topic"),
        invited(),
        body.bool("is_direct", false),
        initialState(),
        creationContent(version),
        powerLevels());
  }

  private RoomVersion version(RoomVersion defaultVersion) {
    String id = body.string("room_version");
    return id == null ? defaultVersion : RoomPolicy.version(id);
  }

  private boolean listed() {
    return switch (body.string("visibility", "private")) {
      case "public" -> true;
      case "private" -> false;
      default -> throw malformed("visibility must be public or private");
    };
  }

  private RoomPreset preset(boolean listed) {
    String name = body.string("preset");
    if (name == null) {
      return listed ? RoomPreset.PUBLIC_CHAT : RoomPreset.PRIVATE_CHAT;
    }
    return RoomPreset.of(name)
        .orElseThrow(() -> malformed("preset is not one of the specification: " + name));
  }

  private @Nullable String alias() {
    String localpart = body.string("room_alias_name");
    if (localpart == null) {
      return null;
    }
    if (localpart.isEmpty() || localpart.indexOf(':') >= 0) {
      throw Identifiers.invalid("room_alias_name must be the part of an alias before the colon");
    }
    RoomAlias alias = Identifiers.alias("#" + localpart + ":" + serverName);
    return alias.value();
  }

  private List<String> invited() {
    Set<String> invited = new LinkedHashSet<>();
    requireAtMost(MAX_INVITED, "invite", body.strings("invite").size());
    for (String invitee : body.strings("invite")) {
      UserId user = Identifiers.user(invitee);
      LocalUsers.require(user, serverName);
      invited.add(user.value());
    }
    return List.copyOf(invited);
  }

  /** Whom to invite by an address. */
  List<ThirdPartyId> thirdParties() {
    List<ObjectNode> asked = body.objects("invite_3pid");
    requireAtMost(MAX_THIRD_PARTIES, "invite_3pid", asked.size());
    return asked.stream().map(Body::new).map(ThirdPartyInvites::read).toList();
  }

  private List<NewRoom.Piece> initialState() {
    List<ObjectNode> pieces = body.objects("initial_state");
    requireAtMost(MAX_INITIAL_STATE, "initial_state", pieces.size());
    return pieces.stream().map(this::piece).toList();
  }

  private static void requireAtMost(int limit, String name, int size) {
    if (size > limit) {
      throw Identifiers.invalid(name + " has more than " + limit + " entries");
    }
  }

  private NewRoom.Piece piece(ObjectNode json) {
    Body piece = new Body(json);
    String type = piece.string("type");
    ObjectNode content = piece.object("content");
    if (type == null || content == null) {
      throw malformed("Each event of initial_state must have a type and a content");
    }
    String stateKey = Identifiers.key("state_key", piece.string("state_key", ""));
    StateShapes.check(type, content);
    if (type.equals("m.room.member")) {
      LocalUsers.require(Identifiers.user(stateKey), serverName);
    }
    return new NewRoom.Piece(Identifiers.key("type", type), stateKey, content);
  }

  private ObjectNode creationContent(RoomVersion version) {
    ObjectNode content = object("creation_content");
    JsonNode federate = content.get("m.federate");
    if (federate != null && !federate.isBoolean()) {
      throw malformed("m.federate must be a boolean");
    }
    if (content.has("type") && !content.get("type").isTextual()) {
      throw malformed("The type of a room must be a string");
    }
    if (version.creatorsArePrivileged() && content.has("additional_creators")) {
      checkCreators(new Body(content).strings("additional_creators"));
    }
    return content;
  }

  static void checkCreators(List<String> creators) {
    if (!creators.stream().allMatch(UserId::isValid)) {
      throw malformed("additional_creators must be user ids");
    }
  }

  private ObjectNode powerLevels() {
    ObjectNode override = object("power_level_content_override");
    PowerLevelsContent.check(override);
    return override;
  }

  private ObjectNode object(String name) {
    ObjectNode object = body.object(name);
    return object == null ? JsonNodeFactory.instance.objectNode() : object;
  }

  private static BadRequest malformed(String message) {
    return new BadRequest(ErrorCode.BAD_JSON, message);
  }
}
