package dev.stele.server.push;

import dev.stele.stateres.auth.PowerLevels;
import org.jspecify.annotations.Nullable;

/**
 * What rules ask of the room of an event.
 *
 * @param members how many are in the room
 * @param levels who has which power there
 * @param displayName the name of the rules' user in the room; null if they have none there
 */
public record RoomContext(long members, PowerLevels levels, @Nullable String displayName) {}
