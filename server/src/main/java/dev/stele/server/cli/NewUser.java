package dev.stele.server.cli;

/**
 * An account to make.
 *
 * @param localpart the user id between {@code @} and the colon
 * @param admin whether the user administers the server
 */
public record NewUser(String localpart, String password, boolean admin) {

  @Override
  public String toString() {
    return "NewUser[" + localpart + (admin ? ", admin]" : "]");
  }
}
