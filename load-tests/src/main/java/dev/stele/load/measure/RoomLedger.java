package dev.stele.load.measure;

import java.util.Arrays;
import java.util.BitSet;

/**
 * What was said in one room, and what its listeners heard. The listener that is ahead sets the
 * order in which all others must hear the same messages. Thread-safe.
 *
 * <p>Messages are numbered from 0. A message whose request failed may have been accepted all the
 * same: it may be heard or not, but not twice.
 */
public final class RoomLedger {
  private final BitSet acknowledged = new BitSet();
  private final BitSet heard = new BitSet();
  private int[] order = new int[1024];
  private int length;
  private int numbered;
  private int acknowledgedCount;
  private int[] hearers = new int[1024];
  private int listeners = Integer.MAX_VALUE;
  private int repeats;
  private int disorders;

  /** Numbers a message that is about to be sent. */
  public synchronized int nextNumber() {
    return numbered++;
  }

  public synchronized void acknowledged(int number) {
    if (!acknowledged.get(number)) {
      acknowledged.set(number);
      acknowledgedCount++;
    }
  }

  /** So many will hear everything. */
  public synchronized void expectListeners(int count) {
    listeners = count;
  }

  /**
   * A listener hears, as the {@code index}-th message since it began, message {@code number}.
   *
   * @return whether it is the last one of several to hear its {@code index}-th message
   */
  public synchronized boolean heard(int index, int number) {
    if (index >= length) {
      append(number);
    } else if (order[index] != number) {
      disorders++;
    }
    return ++hearers[index] == listeners && listeners > 1;
  }

  private void append(int number) {
    if (heard.get(number)) {
      repeats++;
    }
    heard.set(number);
    if (length == order.length) {
      order = Arrays.copyOf(order, length * 2);
      hearers = Arrays.copyOf(hearers, length * 2);
    }
    order[length++] = number;
  }

  /** How many messages each listener should have heard at least. */
  public synchronized int expected() {
    return Math.max(length, acknowledgedCount);
  }

  /** The findings, once the listeners have heard all that they will. */
  public synchronized Check check(int hereNow, int behind) {
    BitSet missing = (BitSet) acknowledged.clone();
    missing.andNot(heard);
    int lost = hereNow == 0 ? 0 : missing.cardinality();
    return Check.ofRoom(acknowledged.cardinality(), length, lost, repeats, disorders, behind);
  }
}
