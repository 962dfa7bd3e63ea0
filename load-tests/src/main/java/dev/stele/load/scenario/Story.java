package dev.stele.load.scenario;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** What a room's history has to say to everybody: each message once, in one order. Thread-safe. */
final class Story {
  private final int messages;
  private Optional<List<Integer>> firstTold = Optional.empty();

  Story(int messages) {
    this.messages = messages;
  }

  /** Whether somebody read the whole of it, as the first one did. */
  synchronized boolean agrees(List<Integer> numbers) {
    if (firstTold.isEmpty()) {
      firstTold = Optional.of(List.copyOf(numbers));
    }
    return numbers.size() == messages
        && new HashSet<>(numbers).size() == messages
        && firstTold.get().equals(numbers);
  }
}
