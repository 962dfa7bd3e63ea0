package dev.stele.server.account;

/** Who logged in, and on what. */
public record LoggedIn(String userId, OpenedDevice device) {}
