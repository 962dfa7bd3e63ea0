package dev.stele.server.record;

import org.jspecify.annotations.Nullable;

/**
 * A user reported another user to whoever runs this server.
 *
 * @param reporter the user who reports
 * @param userId the user who is reported
 * @param reason why, in the reporter's words; may be empty
 */
public record UserReported(String reporter, String userId, @Erasable @Nullable String reason)
    implements Fact {
  @Override
  public String stream() {
    return Fact.userStream(reporter);
  }
}
