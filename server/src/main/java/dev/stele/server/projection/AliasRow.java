package dev.stele.server.projection;

/** Where a room alias points, and who made it. */
public record AliasRow(String alias, String roomId, String creator) {}
