package dev.stele.load.bare;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Who is in which room; a user is in one. Thread-safe. */
final class BareRooms {
  private final Map<String, BareRoom> rooms = new ConcurrentHashMap<>();
  private final Map<String, String> roomByToken = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final int answerBytes;

  /**
   * No rooms yet.
   *
   * @param answerBytes how long an answer with one message is made, at least
   */
  BareRooms(int answerBytes) {
    this.answerBytes = answerBytes;
  }

  int nextNumber() {
    return numbers.getAndIncrement();
  }

  void join(String token, String room) {
    roomByToken.put(token, room);
  }

  BareRoom of(String token) {
    return room(roomByToken.getOrDefault(token, ""));
  }

  BareRoom room(String id) {
    return rooms.computeIfAbsent(id, absent -> new BareRoom(id, answerBytes));
  }
}
