package dev.stele.load.scenario;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Who is in which room: sizes follow a Zipf law, so that a few rooms have many members and many
 * rooms have few.
 *
 * @param membersByRoom the users of each room; the first one makes it
 */
record Town(List<List<Integer>> membersByRoom) {
  private static final int LEAST_MEMBERS = 2;

  /**
   * Puts people in rooms.
   *
   * @param exponent how fast sizes fall; room <i>k</i> has users / k<sup>exponent</sup> members
   */
  static Town of(int users, int rooms, double exponent, long seed) {
    Random random = new Random(seed);
    List<Integer> everybody = new ArrayList<>();
    for (int i = 0; i < users; i++) {
      everybody.add(i);
    }
    List<List<Integer>> membersByRoom = new ArrayList<>();
    for (int rank = 1; rank <= rooms; rank++) {
      Collections.shuffle(everybody, random);
      int size = (int) Math.round(users / Math.pow(rank, exponent));
      membersByRoom.add(
          List.copyOf(everybody.subList(0, Math.min(users, Math.max(LEAST_MEMBERS, size)))));
    }
    return new Town(membersByRoom);
  }

  /** The rooms of a user. */
  List<Integer> roomsOf(int user) {
    List<Integer> rooms = new ArrayList<>();
    for (int room = 0; room < membersByRoom.size(); room++) {
      if (membersByRoom.get(room).contains(user)) {
        rooms.add(room);
      }
    }
    return rooms;
  }
}
