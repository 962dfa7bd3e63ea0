package dev.stele.server.account;

import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.stateres.id.UserId;
import java.util.Locale;
import java.util.Optional;

/** Which user ids this server gives. Appendices, "User Identifiers". */
final class Usernames {
  private final String serverName;

  Usernames(String serverName) {
    this.serverName = serverName;
  }

  /** The user id for a wished username: capitals become small letters. Empty if it cannot be. */
  Optional<UserId> wished(String username) {
    return UserId.parseStrict(of(username));
  }

  /** The user of this server that somebody who logs in means by a localpart or a whole user id. */
  Optional<UserId> meant(String user) {
    Optional<UserId> whole = UserId.parse(user.startsWith("@") ? user : of(user));
    return whole
        .filter(id -> id.serverName().equals(serverName))
        .flatMap(id -> UserId.parse(of(id.localpart())));
  }

  static MatrixError invalid() {
    return MatrixError.of(
        ErrorCode.INVALID_USERNAME,
        "A username consists of a-z, 0-9 and ._=-/+ and is not too long");
  }

  static MatrixError inUse() {
    return MatrixError.of(ErrorCode.USER_IN_USE, "The username is taken");
  }

  private String of(String localpart) {
    return "@" + localpart.toLowerCase(Locale.ROOT) + ":" + serverName;
  }
}
