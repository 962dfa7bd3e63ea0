package dev.stele.server.http.client;

import dev.stele.api.ErrorCode;
import dev.stele.server.http.BadRequest;
import dev.stele.server.projection.AliasRow;
import dev.stele.server.projection.Rooms;
import dev.stele.stateres.id.RoomAlias;
import io.vertx.core.Future;

/** Where aliases of this server point. */
public final class Aliases {
  private final String serverName;
  private final Rooms rooms;

  public Aliases(String serverName, Rooms rooms) {
    this.serverName = serverName;
    this.rooms = rooms;
  }

  boolean isLocal(RoomAlias alias) {
    return alias.serverName().equals(serverName);
  }

  /** Where an alias points; fails with {@code M_NOT_FOUND} if that is nowhere. */
  Future<AliasRow> require(RoomAlias alias) {
    if (!isLocal(alias)) {
      throw new BadRequest(
          ErrorCode.NOT_FOUND,
          "This server does not federate; it cannot ask " + alias.serverName());
    }
    return rooms
        .alias(alias.value())
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        new BadRequest(ErrorCode.NOT_FOUND, "There is no alias " + alias.value())));
  }
}
