package dev.stele.eventstore.postgres;

import dev.stele.eventstore.Claim;
import dev.stele.eventstore.Lane;
import dev.stele.eventstore.LogRecord;
import dev.stele.eventstore.NewRecord;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Appends that go to the database in one transaction. No name occurs in two of them. */
final class Batch {
  private final List<PendingAppend> appends;

  Batch(List<PendingAppend> appends) {
    this.appends = appends;
  }

  /** Takes from the front of the queue what fits together; the order within a lane is kept. */
  static Batch take(ArrayDeque<PendingAppend> queue, int maxRecords, int maxBytes) {
    List<PendingAppend> taken = new ArrayList<>();
    Set<UUID> names = new HashSet<>();
    Set<Lane> heldBack = new HashSet<>();
    int records = 0;
    long bytes = 0;
    for (Iterator<PendingAppend> it = queue.iterator(); it.hasNext(); ) {
      PendingAppend next = it.next();
      records += next.append().records().size();
      bytes += next.size();
      if (!taken.isEmpty() && (records > maxRecords || bytes > maxBytes)) {
        break;
      }
      Lane lane = next.append().lane();
      boolean waits = lane != null && heldBack.contains(lane);
      if (!waits && addNames(next, names)) {
        taken.add(next);
        it.remove();
      } else if (lane != null) {
        heldBack.add(lane);
      }
    }
    return new Batch(taken);
  }

  /** Adds the names of an append, unless one of them is there already. */
  private static boolean addNames(PendingAppend append, Set<UUID> names) {
    if (containsAny(names, append.claims()) || containsAny(names, append.releases())) {
      return false;
    }
    names.addAll(append.claims());
    names.addAll(append.releases());
    return true;
  }

  private static boolean containsAny(Set<UUID> names, List<UUID> own) {
    for (UUID name : own) {
      if (names.contains(name)) {
        return true;
      }
    }
    return false;
  }

  List<PendingAppend> appends() {
    return appends;
  }

  /** The append that the claim of this number, counted from 1, belongs to. */
  PendingAppend ofClaim(int number) {
    int left = number;
    for (PendingAppend append : appends) {
      left -= append.claims().size();
      if (left <= 0) {
        return append;
      }
    }
    throw new IllegalArgumentException("number: " + number + " (expected: that of a claim)");
  }

  /** The claim of this number, counted from 1. */
  Claim claim(int number) {
    return appends.stream()
        .flatMap(append -> append.append().records().stream())
        .flatMap(record -> record.claims().stream())
        .skip(number - 1L)
        .findFirst()
        .orElseThrow();
  }

  int size() {
    int size = 0;
    for (PendingAppend append : appends) {
      size += append.append().records().size();
    }
    return size;
  }

  /** The records as they are in the log from a position on. */
  List<LogRecord> records(long first, long at) {
    List<LogRecord> records = new ArrayList<>(size());
    long position = first;
    for (PendingAppend append : appends) {
      for (NewRecord record : append.append().records()) {
        records.add(
            new LogRecord(
                position++,
                record.stream(),
                record.kind(),
                at,
                record.skeleton(),
                record.content(),
                record.decoded()));
      }
    }
    return records;
  }

  /** The parameters of {@code log.append}. */
  Tuple parameters(Lease lease, long term, long at) {
    int size = size();
    String[] streams = new String[size];
    String[] kinds = new String[size];
    String[] skeletons = new String[size];
    @Nullable String[] contents = new String[size];
    List<Integer> claimRecords = new ArrayList<>(2 * size);
    List<UUID> claims = new ArrayList<>(2 * size);
    List<UUID> releases = new ArrayList<>();
    int i = 0;
    for (PendingAppend append : appends) {
      claims.addAll(append.claims());
      releases.addAll(append.releases());
      for (NewRecord record : append.append().records()) {
        streams[i] = record.stream();
        kinds[i] = record.kind();
        skeletons[i] = record.skeleton();
        contents[i] = record.content();
        i++;
        for (int claim = 0; claim < record.claims().size(); claim++) {
          claimRecords.add(i);
        }
      }
    }
    return Tuple.tuple()
        .addString(lease.name())
        .addLong(lease.epoch())
        .addLong(term)
        .addLong(at)
        .addArrayOfString(streams)
        .addArrayOfString(kinds)
        .addArrayOfString(skeletons)
        .addArrayOfString(contents)
        .addArrayOfInteger(claimRecords.toArray(Integer[]::new))
        .addArrayOfUUID(claims.toArray(UUID[]::new))
        .addArrayOfUUID(releases.toArray(UUID[]::new));
  }
}
