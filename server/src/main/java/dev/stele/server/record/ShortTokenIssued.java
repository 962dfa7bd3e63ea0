package dev.stele.server.record;

/**
 * A user got a token of a short life that stands for them in one respect.
 *
 * @param userId the user
 * @param purpose what it is good for
 * @param tokenHash the SHA-256 of the token, in unpadded base64
 * @param expiresAt when it expires, in milliseconds since the Unix epoch
 */
public record ShortTokenIssued(String userId, Purpose purpose, String tokenHash, long expiresAt)
    implements Fact {
  /** What a token is good for. */
  public enum Purpose {
    /** To log in once. */
    LOGIN,
    /** To learn whose it is, for other services. */
    OPENID
  }

  @Override
  public String stream() {
    return Fact.userStream(userId);
  }
}
