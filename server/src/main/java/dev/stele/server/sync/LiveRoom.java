package dev.stele.server.sync;

import dev.stele.server.event.KnownEvent;
import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.MemberCounts;
import dev.stele.stateres.event.Pdu;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an event loop remembers of a room that somebody follows: how many are in it, and the first
 * of them. Loaded once and folded from then on. Belongs to one event loop.
 */
final class LiveRoom {
  /** More than are shown, so that some may leave before it has to be loaded again. */
  static final int FIRST_MEMBERS = 16;

  private long joined;
  private long invited;
  private long countedUpTo;
  private final List<EventRow> first;

  /** Whether {@link #first} are all there are. */
  private boolean all;

  private final List<EventRow> departed;
  private @Nullable String nameEvent;
  private @Nullable String aliasEvent;
  private boolean stale;

  /**
   * @param counts how many are in the room
   * @param first the first who are in the room or invited, earliest first
   * @param departed some who are not any more, where nobody is left to show
   */
  LiveRoom(MemberCounts counts, List<EventRow> first, List<EventRow> departed) {
    this.joined = counts.joined();
    this.invited = counts.invited();
    this.countedUpTo = counts.position();
    this.first = new ArrayList<>(first);
    this.all = first.size() < FIRST_MEMBERS;
    this.departed = List.copyOf(departed);
  }

  /** Whether it cannot tell any more, and has to be loaded again. */
  boolean isStale() {
    return stale;
  }

  /** The event that names the room, and the one that gives it an alias, if they do. */
  void named(@Nullable String name, @Nullable String alias) {
    this.nameEvent = name;
    this.aliasEvent = alias;
  }

  /**
   * Takes the next event of the room.
   *
   * @param row its row
   * @param replaced the state that it replaces; null if there was none or it is not in memory
   */
  void fold(KnownEvent event, EventRow row, @Nullable KnownEvent replaced) {
    Pdu pdu = event.pdu();
    String redacts = event.event().redacts();
    if (redacts != null) {
      nameEvent = redacts.equals(nameEvent) ? null : nameEvent;
      aliasEvent = redacts.equals(aliasEvent) ? null : aliasEvent;
    }
    if (pdu.isState("m.room.name", "")) {
      nameEvent = names(pdu, "name") ? event.id() : null;
    } else if (pdu.isState("m.room.canonical_alias", "")) {
      aliasEvent = names(pdu, "alias") ? event.id() : null;
    } else if (pdu.isState() && pdu.type().equals("m.room.member")) {
      foldMember(event, row, replaced);
    }
  }

  /** Whether a naming event gives a name. */
  static boolean names(Pdu pdu, String field) {
    String name = pdu.contentText(field);
    return name != null && !name.isEmpty();
  }

  RoomSummary summary(String viewer) {
    List<EventRow> others = heroes(first, viewer);
    return new RoomSummary(
        nameEvent != null || aliasEvent != null,
        others.isEmpty() ? heroes(departed, viewer) : others,
        joined,
        invited);
  }

  private static List<EventRow> heroes(List<EventRow> members, String viewer) {
    return members.stream()
        .filter(row -> !viewer.equals(row.stateKey()))
        .limit(RoomSummary.HEROES)
        .toList();
  }

  private void foldMember(KnownEvent event, EventRow row, @Nullable KnownEvent replaced) {
    if (event.position() <= countedUpTo) {
      return;
    }
    countedUpTo = event.position();
    if (event.event().replaces() != null && replaced == null) {
      stale = true;
      return;
    }
    if (replaced != null) {
      count(replaced.pdu(), -1);
    }
    count(event.pdu(), 1);
    boolean removed = first.removeIf(known -> Objects.equals(known.stateKey(), row.stateKey()));
    if (isPresent(event.pdu())) {
      add(row);
    }
    boolean fewLeft = removed && !all && first.size() <= RoomSummary.HEROES;
    boolean alone = joined + invited <= 1 && departed.isEmpty();
    stale |= fewLeft || (alone && replaced != null);
  }

  private void add(EventRow row) {
    if (all && first.size() < FIRST_MEMBERS) {
      first.add(row);
    } else {
      all = false;
    }
  }

  private void count(Pdu member, int change) {
    String membership = member.contentText("membership");
    if ("join".equals(membership)) {
      joined += change;
    } else if ("invite".equals(membership)) {
      invited += change;
    }
  }

  private static boolean isPresent(Pdu member) {
    String membership = member.contentText("membership");
    return "join".equals(membership) || "invite".equals(membership);
  }
}
