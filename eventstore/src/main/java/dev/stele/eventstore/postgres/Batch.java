package dev.stele.eventstore.postgres;

import dev.stele.eventstore.Append;
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
    Set<Claim> names = new HashSet<>();
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
      if (!waits && addNames(next.append(), names)) {
        taken.add(next);
        it.remove();
      } else if (lane != null) {
        heldBack.add(lane);
      }
    }
    return new Batch(taken);
  }

  /** Adds the names of an append, unless one of them is there already. */
  private static boolean addNames(Append append, Set<Claim> names) {
    List<Claim> own = new ArrayList<>(append.releases());
    append.records().forEach(record -> own.addAll(record.claims()));
    if (own.stream().anyMatch(names::contains)) {
      return false;
    }
    names.addAll(own);
    return true;
  }

  List<PendingAppend> appends() {
    return appends;
  }

  /** The append that the claim of this number, counted from 1, belongs to. */
  PendingAppend ofClaim(int number) {
    int left = number;
    for (PendingAppend append : appends) {
      for (NewRecord record : append.append().records()) {
        left -= record.claims().size();
        if (left <= 0) {
          return append;
        }
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
    return appends.stream().mapToInt(append -> append.append().records().size()).sum();
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
  Tuple parameters(@Nullable String lease, long epoch, String self, long at) {
    int size = size();
    String[] streams = new String[size];
    String[] kinds = new String[size];
    String[] skeletons = new String[size];
    @Nullable String[] contents = new String[size];
    List<Integer> claimRecords = new ArrayList<>(2 * size);
    List<Claim> claims = new ArrayList<>(2 * size);
    List<Claim> releases = new ArrayList<>();
    int i = 0;
    for (PendingAppend append : appends) {
      releases.addAll(append.append().releases());
      for (NewRecord record : append.append().records()) {
        streams[i] = record.stream();
        kinds[i] = record.kind();
        skeletons[i] = record.skeleton();
        contents[i] = record.content();
        i++;
        for (Claim claim : record.claims()) {
          claimRecords.add(i);
          claims.add(claim);
        }
      }
    }
    return Tuple.tuple()
        .addString(lease)
        .addLong(epoch)
        .addString(self)
        .addLong(at)
        .addArrayOfString(streams)
        .addArrayOfString(kinds)
        .addArrayOfString(skeletons)
        .addArrayOfString(contents)
        .addArrayOfInteger(claimRecords.toArray(Integer[]::new))
        .addArrayOfString(namespaces(claims))
        .addArrayOfString(keys(claims))
        .addArrayOfString(namespaces(releases))
        .addArrayOfString(keys(releases));
  }

  private static String[] namespaces(List<Claim> claims) {
    return claims.stream().map(Claim::namespace).toArray(String[]::new);
  }

  private static String[] keys(List<Claim> claims) {
    return claims.stream().map(Claim::key).toArray(String[]::new);
  }
}
