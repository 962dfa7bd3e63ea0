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
  private @Nullable KnownEvent name;
  private @Nullable KnownEvent alias;
  private @Nullable KnownEvent avatar;
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

  /** Takes the present state of how the room looks. */
  void look(KnownEvent event) {
    Pdu pdu = event.pdu();
    if (pdu.isState("m.room.name", "")) {
      name = says(pdu, "name") ? event : null;
    } else if (pdu.isState("m.room.canonical_alias", "")) {
      alias = says(pdu, "alias") ? event : null;
    } else if (pdu.isState("m.room.avatar", "")) {
      avatar = says(pdu, "url") ? event : null;
    }
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
      name = unless(redacts, name);
      alias = unless(redacts, alias);
      avatar = unless(redacts, avatar);
    }
    look(event);
    if (pdu.isState() && pdu.type().equals("m.room.member")) {
      foldMember(event, row, replaced);
    }
  }

  private static @Nullable KnownEvent unless(String redacted, @Nullable KnownEvent event) {
    return event != null && event.id().equals(redacted) ? null : event;
  }

  private static boolean says(Pdu pdu, String field) {
    String text = pdu.contentText(field);
    return text != null && !text.isEmpty();
  }

  private static @Nullable String text(@Nullable KnownEvent event, String field) {
    return event == null ? null : event.pdu().contentText(field);
  }

  MemberSummary summary(String viewer) {
    List<EventRow> others = heroes(first, viewer);
    return new MemberSummary(
        name != null || alias != null,
        text(name, "name"),
        text(avatar, "url"),
        others.isEmpty() ? heroes(departed, viewer) : others,
        joined,
        invited);
  }

  private static List<EventRow> heroes(List<EventRow> members, String viewer) {
    return members.stream()
        .filter(row -> !viewer.equals(row.stateKey()))
        .limit(MemberSummary.HEROES)
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
    boolean fewLeft = removed && !all && first.size() <= MemberSummary.HEROES;
    boolean alone = joined + invited <= 1 && departed.isEmpty();
    stale |= fewLeft || (alone && replaced != null && !isPresent(event.pdu()));
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
