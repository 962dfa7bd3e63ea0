package dev.stele.server.http.client;

import dev.stele.api.ErrorCode;
import dev.stele.server.http.BadRequest;
import dev.stele.stateres.id.UserId;

/** Users of this server, the only ones that it can reach. */
final class LocalUsers {
  private LocalUsers() {}

  /**
   * Refuses users of other servers.
   *
   * @throws BadRequest {@code M_FORBIDDEN}
   */
  static void require(UserId user, String serverName) {
    if (!user.serverName().equals(serverName)) {
      throw new BadRequest(
          ErrorCode.FORBIDDEN, "This server does not federate; it cannot reach " + user.value());
    }
  }
}
