package dev.stele.server.record;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The key of a session in a backup.
 *
 * @param roomId the room that it is for
 * @param sessionId the session
 * @param firstMessageIndex the first message that it decrypts, 0 or more
 * @param forwardedCount how often it was passed on between devices, 0 or more
 * @param verified whether the device that stored it had verified where it is from
 * @param sessionData the key itself, encrypted
 */
public record BackedUpKey(
    String roomId,
    String sessionId,
    long firstMessageIndex,
    long forwardedCount,
    boolean verified,
    JsonNode sessionData) {
  public BackedUpKey {
    if (firstMessageIndex < 0 || forwardedCount < 0) {
      throw new IllegalArgumentException(
          "firstMessageIndex, forwardedCount: "
              + firstMessageIndex
              + ", "
              + forwardedCount
              + " (expected: >= 0)");
    }
  }
}
