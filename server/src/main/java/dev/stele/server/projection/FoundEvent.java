package dev.stele.server.projection;

/**
 * An event as a search of a timeline finds it.
 *
 * @param row its place
 * @param originServerTs what its sender's server says when it was sent, in milliseconds since the
 *     Unix epoch
 * @param hasUrl whether its content has a {@code url}
 */
public record FoundEvent(EventRow row, long originServerTs, boolean hasUrl) {}
