package dev.stele.server.projection;

/**
 * A token of a short life.
 *
 * @param userId whose it is
 * @param expiresAt when it expires, in milliseconds since the Unix epoch
 */
public record ShortTokenRow(String userId, long expiresAt) {}
