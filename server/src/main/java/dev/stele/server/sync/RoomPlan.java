package dev.stele.server.sync;

import dev.stele.server.projection.MembershipRow;
import java.util.ArrayList;
import java.util.List;

/**
 * Which rooms to read, and where.
 *
 * @param recent rooms of which everything new is in memory
 * @param stored rooms that have to be looked up
 * @param offers rooms that the user is invited to or has knocked at
 */
record RoomPlan(
    List<MembershipRow> recent, List<MembershipRow> stored, List<MembershipRow> offers) {
  RoomPlan() {
    this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }
}
