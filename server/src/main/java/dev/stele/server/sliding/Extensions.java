package dev.stele.server.sliding;

/** What a client wants besides rooms. */
public record Extensions(
    boolean toDevice, boolean e2ee, boolean accountData, boolean receipts, boolean typing) {}
