package dev.stele.server.projection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** What a batch of records does to the inbox of one device. */
final class Inbox {
  private final boolean stored;
  private final int storedMessages;
  private final long storedBytes;
  private boolean crowded;
  private boolean open;
  private long goneUpTo;
  private long bytes;
  private final Set<Long> loaded = new HashSet<>();
  private List<InboxRow> waiting = new ArrayList<>();

  private Inbox(boolean stored, int messages, long bytes) {
    this.stored = stored;
    this.open = stored;
    this.storedMessages = messages;
    this.storedBytes = bytes;
  }

  /** Of a device that is not known. */
  static Inbox unknown() {
    return new Inbox(false, 0, 0);
  }

  /** Of a device for which this much waits. */
  static Inbox stored(int messages, long bytes) {
    return new Inbox(true, messages, bytes);
  }

  int storedMessages() {
    return storedMessages;
  }

  long storedBytes() {
    return storedBytes;
  }

  /** Takes everything that waits: only who knows it can tell what has to go. */
  void load(List<InboxRow> rows) {
    crowded = true;
    waiting.addAll(rows);
    rows.forEach(row -> loaded.add(row.position()));
    bytes = storedBytes;
  }

  void opened() {
    open = true;
  }

  void closed(long position) {
    open = false;
    read(position);
  }

  void read(long upTo) {
    goneUpTo = Math.max(goneUpTo, upTo);
    waiting.removeIf(row -> row.position() <= upTo);
    bytes = waiting.stream().mapToLong(InboxRow::bytes).sum();
  }

  /**
   * Takes the next message.
   *
   * @return how many had to go for it
   */
  int add(InboxRow row, InboxLimits limits) {
    if (!open) {
      return 0;
    }
    waiting.add(row);
    bytes += row.bytes();
    return crowded ? makeRoom(limits) : 0;
  }

  boolean isOpen() {
    return open;
  }

  boolean isStored() {
    return stored;
  }

  /** Up to where nothing is left of what was stored before. */
  long goneUpTo() {
    return goneUpTo;
  }

  /** What was stored before and has to go though it is behind {@link #goneUpTo}. */
  List<Long> dropped() {
    Set<Long> gone = new HashSet<>(loaded);
    waiting.forEach(row -> gone.remove(row.position()));
    gone.removeIf(position -> position <= goneUpTo);
    return List.copyOf(gone);
  }

  /** What is new and stays. */
  List<InboxRow> added() {
    return waiting.stream().filter(row -> !loaded.contains(row.position())).toList();
  }

  private int makeRoom(InboxLimits limits) {
    if (!limits.exceeded(waiting.size(), bytes)) {
      return 0;
    }
    InboxLimits afterwards = limits.afterwards();
    PriorityQueue<Sender> busiest = senders();
    Set<Long> gone = new HashSet<>();
    while (afterwards.exceeded((long) waiting.size() - gone.size(), bytes)) {
      Sender sender = busiest.remove();
      InboxRow oldest = sender.removeOldest();
      gone.add(oldest.position());
      bytes -= oldest.bytes();
      if (!sender.rows.isEmpty()) {
        busiest.add(sender);
      }
    }
    waiting =
        new ArrayList<>(waiting.stream().filter(row -> !gone.contains(row.position())).toList());
    return gone.size();
  }

  private PriorityQueue<Sender> senders() {
    Map<String, Sender> senders = new HashMap<>();
    for (InboxRow row : waiting) {
      senders.computeIfAbsent(row.sender(), Sender::new).add(row);
    }
    PriorityQueue<Sender> busiest =
        new PriorityQueue<>(
            Comparator.<Sender>comparingLong(sender -> -sender.weight)
                .thenComparing(sender -> sender.userId));
    busiest.addAll(senders.values());
    return busiest;
  }

  /** Whose messages wait. */
  private static final class Sender {
    private final String userId;
    private final ArrayDeque<InboxRow> rows = new ArrayDeque<>();
    private long weight;

    Sender(String userId) {
      this.userId = userId;
    }

    void add(InboxRow row) {
      rows.add(row);
      weight += row.weight();
    }

    InboxRow removeOldest() {
      InboxRow oldest = rows.remove();
      weight -= oldest.weight();
      return oldest;
    }
  }
}
