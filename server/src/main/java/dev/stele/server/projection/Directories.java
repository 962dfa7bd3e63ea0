package dev.stele.server.projection;

import io.vertx.sqlclient.Pool;

/**
 * What rooms and users can be found, and what they look like from outside.
 *
 * @param rooms what rooms look like
 * @param published the rooms that the room directory lists
 * @param users the user directory
 * @param mutual the rooms that two users share
 */
public record Directories(
    RoomSummaries rooms, PublicRooms published, UserDirectory users, MutualRooms mutual) {
  public static Directories of(
      Projections projections, RoomsProjection rooms, AccountsProjection accounts, Pool pool) {
    return new Directories(
        new RoomSummaries(projections, rooms, pool),
        new PublicRooms(projections, rooms, pool),
        new UserDirectory(projections, accounts, rooms, pool),
        new MutualRooms(projections, rooms, pool));
  }
}
