package dev.stele.load;

import java.util.Arrays;
import java.util.BitSet;

/**
 * What was said in one room, and what its pollers heard. The poller that is ahead sets the order in
 * which all others must hear the same messages. Thread-safe.
 *
 * <p>Messages are numbered from 0. A message whose request failed may have been accepted all the
 * same: it may be heard or not, but not twice.
 */
final class RoomLedger {
  private final BitSet acknowledged = new BitSet();
  private final BitSet heard = new BitSet();
  private int[] order = new int[1024];
  private int length;
  private int numbered;
  private int repeats;
  private int disorders;

  /** Numbers a message that is about to be sent. */
  synchronized int nextNumber() {
    return numbered++;
  }

  synchronized void acknowledged(int number) {
    acknowledged.set(number);
  }

  /** A poller hears, as the {@code index}-th message since it began, message {@code number}. */
  synchronized void heard(int index, int number) {
    if (index < length) {
      if (order[index] != number) {
        disorders++;
      }
      return;
    }
    if (heard.get(number)) {
      repeats++;
    }
    heard.set(number);
    if (length == order.length) {
      order = Arrays.copyOf(order, length * 2);
    }
    order[length++] = number;
  }

  /** How many messages each poller should have heard at least. */
  synchronized int expected() {
    return Math.max(length, acknowledged.cardinality());
  }

  /** The findings, once the pollers have heard all that they will. */
  synchronized Check check(int pollers, int pollersBehind) {
    BitSet missing = (BitSet) acknowledged.clone();
    missing.andNot(heard);
    int lost = pollers == 0 ? 0 : missing.cardinality();
    return new Check(acknowledged.cardinality(), length, lost, repeats, disorders, pollersBehind);
  }
}
