package dev.stele.server.projection;

/**
 * A backup of room keys, named.
 *
 * @param userId whose it is
 * @param version its number among the user's backups
 */
public record BackupRef(String userId, long version) {}
