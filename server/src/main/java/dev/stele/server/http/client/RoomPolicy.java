package dev.stele.server.http.client;

import dev.stele.api.ErrorCode;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Requester;
import dev.stele.stateres.version.RoomVersion;

/**
 * What the operator has decided about new rooms.
 *
 * @param serverName whose rooms they are
 * @param defaultVersion the version of rooms whose creators do not care
 * @param anyoneMayPublish whether users other than administrators may list rooms in the directory
 */
public record RoomPolicy(String serverName, RoomVersion defaultVersion, boolean anyoneMayPublish) {

  /**
   * Checks that the requester may list a room in the directory.
   *
   * @throws BadRequest {@code M_FORBIDDEN}
   */
  void requirePublishing(Requester requester) {
    if (!anyoneMayPublish && !requester.admin()) {
      throw new BadRequest(
          ErrorCode.FORBIDDEN, "Only administrators publish rooms in the directory");
    }
  }

  /**
   * The version of this name, if this server makes rooms of it.
   *
   * @throws BadRequest {@code M_UNSUPPORTED_ROOM_VERSION}
   */
  static RoomVersion version(String id) {
    return RoomVersion.of(id)
        .orElseThrow(
            () ->
                new BadRequest(
                    ErrorCode.UNSUPPORTED_ROOM_VERSION,
                    "This server makes no rooms of version " + id));
  }
}
