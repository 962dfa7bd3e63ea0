package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import dev.stele.server.event.EventCache;
import dev.stele.server.http.BadRequest;
import dev.stele.server.projection.Rooms;
import dev.stele.stateres.id.RoomAlias;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a client may put into state beyond what the room's rules demand. Client-server API, {@code
 * PUT /rooms/{roomId}/state}. Thread-safe.
 */
public final class StateChecks {
  private static final long NOW = Long.MAX_VALUE - 1;
  private static final int MAX_ALIASES = 100;

  private final Rooms rooms;
  private final EventCache events;
  private final Aliases aliases;

  public StateChecks(Rooms rooms, EventCache events, Aliases aliases) {
    this.rooms = rooms;
    this.events = events;
    this.aliases = aliases;
  }

  /** Completes if the content is fit to be sent, and fails with a {@link BadRequest} if not. */
  Future<Void> check(String roomId, String type, String stateKey, ObjectNode content) {
    StateShapes.check(type, content);
    return type.equals("m.room.canonical_alias") && stateKey.isEmpty()
        ? checkAliases(roomId, named(content))
        : Future.succeededFuture();
  }

  /** Aliases that are new to the event must be aliases of the room. */
  private Future<Void> checkAliases(String roomId, Set<String> named) {
    return present(roomId)
        .compose(
            present -> {
              List<Future<?>> checked = new ArrayList<>();
              for (String alias : named) {
                if (!present.contains(alias)) {
                  checked.add(checkAlias(roomId, Identifiers.alias(alias)));
                }
              }
              return Future.all(checked).mapEmpty();
            });
  }

  /** The aliases that the room's event names already. */
  private Future<Set<String>> present(String roomId) {
    return rooms
        .stateAt(roomId, "m.room.canonical_alias", "", NOW)
        .compose(row -> events.byId(row.map(held -> List.of(held.eventId())).orElse(List.of())))
        .map(
            found -> {
              Set<String> present = new HashSet<>();
              found.values().forEach(event -> collect(event.pdu().content(), present));
              return present;
            });
  }

  private Future<Void> checkAlias(String roomId, RoomAlias alias) {
    if (!aliases.isLocal(alias)) {
      throw pointsElsewhere(alias);
    }
    return rooms
        .alias(alias.value())
        .map(
            row -> {
              if (row.isEmpty() || !row.get().roomId().equals(roomId)) {
                throw pointsElsewhere(alias);
              }
              return null;
            });
  }

  private static BadRequest pointsElsewhere(RoomAlias alias) {
    return new BadRequest(
        ErrorCode.BAD_ALIAS, "The alias " + alias.value() + " does not point to this room");
  }

  private static Set<String> named(ObjectNode content) {
    JsonNode alias = content.path("alias");
    JsonNode others = content.path("alt_aliases");
    if (!(alias.isTextual() || alias.isNull() || alias.isMissingNode())
        || !(others.isArray() || others.isNull() || others.isMissingNode())) {
      throw new BadRequest(
          ErrorCode.BAD_JSON, "alias must be a string and alt_aliases an array of strings");
    }
    for (JsonNode other : others) {
      if (!other.isTextual()) {
        throw new BadRequest(ErrorCode.BAD_JSON, "alt_aliases must be an array of strings");
      }
    }
    if (others.size() > MAX_ALIASES) {
      throw Identifiers.invalid("alt_aliases names more than " + MAX_ALIASES + " aliases");
    }
    Set<String> named = new HashSet<>();
    collect(content, named);
    return named;
  }

  private static void collect(ObjectNode content, Set<String> named) {
    String alias = content.path("alias").textValue();
    if (alias != null && !alias.isEmpty()) {
      named.add(alias);
    }
    for (JsonNode other : content.path("alt_aliases")) {
      named.add(other.asText());
    }
  }
}
