package dev.stele.server.account;

import dev.stele.api.MatrixError;

/** What came of a login. */
public sealed interface LoggedIn {
  /** Somebody is logged in on a device. */
  record On(String userId, OpenedDevice device) implements LoggedIn {}

  /** It was refused; nothing was written. */
  record Refused(MatrixError error) implements LoggedIn {}
}
