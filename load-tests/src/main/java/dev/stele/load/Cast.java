package dev.stele.load;

import java.util.List;

/**
 * Who takes part, and where. Sender and poller <i>i</i> are in room <i>i</i> mod the number of
 * rooms.
 */
record Cast(List<User> senders, List<User> pollers, List<String> rooms) {

  /** The index of the room that user {@code i} is in. */
  int roomOf(int i) {
    return i % rooms.size();
  }
}
