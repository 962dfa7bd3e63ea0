package dev.stele.server.sync;

import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.record.DeviceListChange;
import dev.stele.server.record.Entry;
import dev.stele.server.record.KeySignature;
import dev.stele.server.record.RoomEvent;
import dev.stele.server.record.UsersVerified;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Of the newest records, those after which somebody may have to look at another's devices anew: of
 * changed devices, and of people who came into rooms or went. Belongs to one event loop.
 */
final class RecentDeviceLists {
  private final ActiveUsers users;
  private final EventCache events;
  private final ArrayDeque<Change> changes = new ArrayDeque<>();

  RecentDeviceLists(ActiveUsers users, EventCache events) {
    this.users = users;
    this.events = events;
  }

  /**
   * A user whose devices changed, who was verified, or who came or went.
   *
   * @param viewer the only user to whom it is a change; null if it is to everybody
   * @param roomId where they came or went; null if their devices or keys changed
   * @param was whether they were in the room before; null if that is not known
   * @param is whether they are in the room from then on
   */
  record Change(
      long position,
      String userId,
      @Nullable String viewer,
      @Nullable String roomId,
      @Nullable Boolean was,
      boolean is) {
    /** The devices or keys of a user look different, to everybody or to one viewer. */
    static Change ofKeys(long position, String userId, @Nullable String viewer) {
      return new Change(position, userId, viewer, null, null, false);
    }
  }

  /**
   * Takes the next record, before anybody else here does: what was before is still known.
   *
   * @param start the position up to which records are forgotten
   */
  void fold(Entry entry, long start) {
    if (entry.fact() instanceof DeviceListChange change && change.looksDifferent()) {
      changes.add(Change.ofKeys(entry.position(), change.userId(), null));
    } else if (entry.fact() instanceof UsersVerified verified) {
      for (KeySignature signature : verified.signatures()) {
        changes.add(Change.ofKeys(entry.position(), signature.userId(), verified.userId()));
      }
    } else if (entry.fact() instanceof RoomEvent event
        && event.pdu().type().equals("m.room.member")
        && event.pdu().stateKey() != null) {
      fold(entry.position(), event.pdu().stateKey(), event);
    }
    while (!changes.isEmpty() && changes.element().position() <= start) {
      Change unused = changes.remove();
    }
  }

  private void fold(long position, String userId, RoomEvent event) {
    Boolean was = wasThere(userId, event);
    boolean is = Memberships.isJoin(event.pdu());
    if (was == null || was != is) {
      changes.add(new Change(position, userId, null, event.roomId(), was, is));
    }
  }

  private @Nullable Boolean wasThere(String userId, RoomEvent event) {
    ActiveUser user = users.ifPresent(userId);
    if (user != null) {
      MembershipRow row = user.in(event.roomId());
      return row != null && row.membership().equals("join");
    }
    if (event.replaces() == null) {
      return false;
    }
    KnownEvent replaced = events.ifPresent(event.replaces());
    return replaced == null ? null : Boolean.valueOf(Memberships.isJoin(replaced.pdu()));
  }

  /** How many changes are held; about right on other threads. */
  int size() {
    return changes.size();
  }

  /** What is behind one position and up to another, in order. */
  List<Change> between(long after, long upTo) {
    List<Change> found = new ArrayList<>();
    for (Iterator<Change> it = changes.descendingIterator(); it.hasNext(); ) {
      Change change = it.next();
      if (change.position() <= after) {
        break;
      }
      if (change.position() <= upTo) {
        found.add(change);
      }
    }
    Collections.reverse(found);
    return found;
  }
}
