package dev.stele.server.directory;

import dev.stele.server.projection.RoomSummary;
import org.jspecify.annotations.Nullable;

/**
 * A room that somebody may know of.
 *
 * @param room what it looks like
 * @param membership the membership of the user who asks, {@code leave} if they never had one; null
 *     if nobody knows who asks
 */
public record RoomPreview(RoomSummary room, @Nullable String membership) {}
