package dev.stele.server.sync;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.projection.InboxMessage;
import dev.stele.server.record.Entry;
import dev.stele.server.record.ToDeviceSent;
import dev.stele.server.record.ToDeviceSent.Recipient;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The newest messages to devices, by user. Belongs to one event loop. */
final class RecentToDevice {
  private static final long RECIPIENT_BYTES = 300;

  private final Map<String, ArrayDeque<Parcel>> byUser = new HashMap<>();

  /** What one record brings a user. */
  private record Parcel(long position, ToDeviceSent sent, List<Recipient> recipients) {}

  /** About how much memory a record takes. */
  static long weight(ToDeviceSent sent) {
    long bytes = sent.sizes().stream().mapToLong(size -> 2L * size).sum();
    long devices = sent.recipients().stream().mapToLong(one -> one.deviceIds().size()).sum();
    return bytes + RECIPIENT_BYTES * (1 + devices);
  }

  /** The users that a record brings something. */
  static Set<String> users(ToDeviceSent sent) {
    Set<String> users = new HashSet<>();
    sent.recipients().forEach(recipient -> users.add(recipient.userId()));
    return users;
  }

  void add(Entry entry, ToDeviceSent sent) {
    Map<String, List<Recipient>> recipients = new HashMap<>();
    for (Recipient recipient : sent.recipients()) {
      recipients.computeIfAbsent(recipient.userId(), user -> new ArrayList<>(1)).add(recipient);
    }
    recipients.forEach(
        (user, devices) ->
            byUser
                .computeIfAbsent(user, added -> new ArrayDeque<>(2))
                .add(new Parcel(entry.position(), sent, devices)));
  }

  /** Lets go of the oldest record. */
  void removeOldest(ToDeviceSent sent) {
    for (String user : users(sent)) {
      ArrayDeque<Parcel> parcels = byUser.get(user);
      if (parcels != null) {
        parcels.poll();
        if (parcels.isEmpty()) {
          byUser.remove(user);
        }
      }
    }
  }

  /** What a device was sent behind one position and up to another, in order. */
  List<InboxMessage> messages(String userId, String deviceId, long after, long upTo) {
    ArrayDeque<Parcel> parcels = byUser.get(userId);
    if (parcels == null) {
      return List.of();
    }
    ArrayDeque<InboxMessage> found = new ArrayDeque<>();
    for (Iterator<Parcel> it = parcels.descendingIterator(); it.hasNext(); ) {
      Parcel parcel = it.next();
      if (parcel.position <= after) {
        break;
      }
      if (parcel.position <= upTo) {
        addMessage(found, parcel, deviceId);
      }
    }
    return List.copyOf(found);
  }

  private static void addMessage(ArrayDeque<InboxMessage> found, Parcel parcel, String deviceId) {
    List<JsonNode> contents = parcel.sent.contents();
    for (Recipient recipient : parcel.recipients) {
      // Contents that are erased already were received by everybody.
      if (contents != null && recipient.deviceIds().contains(deviceId)) {
        found.addFirst(
            new InboxMessage(
                parcel.position,
                parcel.sent.sender(),
                parcel.sent.type(),
                contents.get(recipient.content())));
      }
    }
  }
}
