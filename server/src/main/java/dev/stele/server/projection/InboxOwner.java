package dev.stele.server.projection;

/** The device of this server whose inbox is meant. */
record InboxOwner(String userId, String deviceId) {}
