package dev.stele.server.projection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.record.DeviceOpened;
import dev.stele.server.record.DevicesClosed;
import dev.stele.server.record.Entry;
import dev.stele.server.record.Fact;
import dev.stele.server.record.InboxRead;
import dev.stele.server.record.ToDeviceSent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What a batch of records does to inboxes, worked out before anything is written. */
final class InboxBatch {
  private final List<Entry> entries;
  private final InboxLimits limits;

  InboxBatch(List<Entry> entries, InboxLimits limits) {
    this.entries = entries;
    this.limits = limits;
  }

  /**
   * What is to be written.
   *
   * @param inboxes the devices that the batch is about
   * @param contents what the new messages say
   * @param unheard the positions of new records of which nothing waits for anybody
   * @param dropped how many messages had to go because an inbox was full
   */
  record Result(
      Map<InboxOwner, Inbox> inboxes, List<Content> contents, List<Long> unheard, int dropped) {}

  /** What a message says, once for all whom it was sent to. */
  record Content(long position, int number, String type, @Nullable String json, boolean erasable) {}

  /** The devices that the batch is about. */
  Set<InboxOwner> devices() {
    Set<InboxOwner> devices = new LinkedHashSet<>();
    for (Entry entry : entries) {
      Fact fact = entry.fact();
      if (fact instanceof DeviceOpened opened) {
        devices.add(new InboxOwner(opened.userId(), opened.deviceId()));
      } else if (fact instanceof DevicesClosed closed) {
        closed.deviceIds().forEach(id -> devices.add(new InboxOwner(closed.userId(), id)));
      } else if (fact instanceof InboxRead read) {
        devices.add(new InboxOwner(read.userId(), read.deviceId()));
      } else if (fact instanceof ToDeviceSent sent) {
        eachMessage(sent, (device, number) -> devices.add(device));
      }
    }
    return devices;
  }

  /** The inboxes that may become too full. */
  Map<InboxOwner, Inbox> crowded(Map<InboxOwner, Inbox> stored) {
    Map<InboxOwner, long[]> sums = new HashMap<>();
    stored.forEach(
        (key, inbox) -> sums.put(key, new long[] {inbox.storedMessages(), inbox.storedBytes()}));
    for (Entry entry : entries) {
      if (entry.fact() instanceof ToDeviceSent sent) {
        eachMessage(
            sent,
            (device, number) -> {
              long[] sum = sums.computeIfAbsent(device, key -> new long[2]);
              sum[0]++;
              sum[1] += sent.sizes().get(number);
            });
      }
    }
    Map<InboxOwner, Inbox> crowded = new LinkedHashMap<>();
    sums.forEach(
        (key, sum) -> {
          if (limits.exceeded(sum[0], sum[1])) {
            crowded.put(key, stored.computeIfAbsent(key, unknown -> Inbox.unknown()));
          }
        });
    return crowded;
  }

  /**
   * Folds the batch.
   *
   * @param inboxes those that are stored; those that are crowded are loaded
   */
  Result fold(Map<InboxOwner, Inbox> inboxes) {
    int dropped = 0;
    for (Entry entry : entries) {
      Fact fact = entry.fact();
      if (fact instanceof DeviceOpened opened) {
        of(inboxes, opened.userId(), opened.deviceId()).opened();
      } else if (fact instanceof DevicesClosed closed) {
        closed.deviceIds().forEach(id -> of(inboxes, closed.userId(), id).closed(entry.position()));
      } else if (fact instanceof InboxRead read) {
        of(inboxes, read.userId(), read.deviceId()).read(read.upTo());
      } else if (fact instanceof ToDeviceSent sent) {
        dropped += deliver(entry.position(), sent, inboxes);
      }
    }
    Map<Long, Set<Integer>> waiting = waiting(inboxes);
    return new Result(inboxes, contents(waiting), unheard(waiting), dropped);
  }

  private int deliver(long position, ToDeviceSent sent, Map<InboxOwner, Inbox> inboxes) {
    int[] dropped = new int[1];
    eachMessage(
        sent,
        (device, number) -> {
          InboxRow row = new InboxRow(position, number, sent.sender(), sent.sizes().get(number));
          dropped[0] += of(inboxes, device.userId(), device.deviceId()).add(row, limits);
        });
    return dropped[0];
  }

  /** Which contents of new records wait for anybody at the end of the batch, by position. */
  private static Map<Long, Set<Integer>> waiting(Map<InboxOwner, Inbox> inboxes) {
    Map<Long, Set<Integer>> waiting = new HashMap<>();
    for (Inbox inbox : inboxes.values()) {
      for (InboxRow row : inbox.added()) {
        waiting
            .computeIfAbsent(row.position(), position -> new LinkedHashSet<>())
            .add(row.number());
      }
    }
    return waiting;
  }

  private List<Content> contents(Map<Long, Set<Integer>> waiting) {
    List<Content> contents = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.fact() instanceof ToDeviceSent sent) {
        for (int number : waiting.getOrDefault(entry.position(), Set.of())) {
          contents.add(content(entry.position(), sent, number));
        }
      }
    }
    return contents;
  }

  private List<Long> unheard(Map<Long, Set<Integer>> waiting) {
    List<Long> unheard = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.fact() instanceof ToDeviceSent sent
          && sent.contents() != null
          && sent.remote().isEmpty()
          && !waiting.containsKey(entry.position())) {
        unheard.add(entry.position());
      }
    }
    return unheard;
  }

  private static Content content(long position, ToDeviceSent sent, int number) {
    List<JsonNode> contents = sent.contents();
    return new Content(
        position,
        number,
        sent.type(),
        contents == null ? null : contents.get(number).toString(),
        sent.remote().isEmpty());
  }

  private static void eachMessage(ToDeviceSent sent, BiConsumer<InboxOwner, Integer> consumer) {
    for (ToDeviceSent.Recipient recipient : sent.recipients()) {
      for (String deviceId : recipient.deviceIds()) {
        consumer.accept(new InboxOwner(recipient.userId(), deviceId), recipient.content());
      }
    }
  }

  private static Inbox of(Map<InboxOwner, Inbox> inboxes, String userId, String deviceId) {
    return inboxes.computeIfAbsent(new InboxOwner(userId, deviceId), unknown -> Inbox.unknown());
  }
}
