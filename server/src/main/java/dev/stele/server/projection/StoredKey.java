package dev.stele.server.projection;

/**
 * A key in a backup, as it is stored.
 *
 * @param roomId the room
 * @param sessionId the session
 * @param firstMessageIndex the first message that it decrypts
 * @param forwardedCount how often it was passed on
 * @param verified whether it is known where it is from
 * @param sessionData the key itself, as JSON text; empty where it was not asked for
 */
public record StoredKey(
    String roomId,
    String sessionId,
    long firstMessageIndex,
    long forwardedCount,
    boolean verified,
    String sessionData) {}
