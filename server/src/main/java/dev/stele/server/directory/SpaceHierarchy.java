package dev.stele.server.directory;

import dev.stele.server.event.ClientEvents;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.StateRow;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks through spaces, into each before what comes behind it, and looks at every room once, so
 * that spaces that hold each other do no harm. Client-server API, "Discovering rooms within
 * spaces". Thread-safe.
 */
public final class SpaceHierarchy {
  private static final long NOW = Long.MAX_VALUE - 1;

  /** So many rooms are looked at for one page, whether the user may know of them or not. */
  private static final int MAX_STEPS = 1_000;

  /** A page ends once its spaces hold so many rooms, each of which it tells. */
  private static final int MAX_CHILDREN = 1_000;

  /** A walk that has to remember so many rooms looks into no further space. */
  private static final int MAX_WALK = 10_000;

  private final RoomPreviews previews;
  private final Rooms rooms;
  private final ClientEvents events;

  public SpaceHierarchy(RoomPreviews previews, Rooms rooms, ClientEvents events) {
    this.previews = previews;
    this.rooms = rooms;
    this.events = events;
  }

  /**
   * A part of a walk.
   *
   * @param rooms the rooms that the user may know of
   * @param rest how the walk goes on; empty at its end
   */
  public record Page(List<SpaceRoom> rooms, Optional<SpaceWalk> rest) {}

  /**
   * Goes on with a walk.
   *
   * @param limit after so many rooms, at least 1, the page ends
   */
  public Future<Page> walk(SpaceWalk walk, int limit) {
    Steps steps = new Steps(walk, limit);
    return go(steps).map(done -> steps.page());
  }

  private Future<Void> go(Steps steps) {
    steps.advance();
    if (steps.done()) {
      return Future.succeededFuture();
    }
    RoomPreview space = steps.space();
    Future<Void> read =
        space == null
            ? look(steps, steps.wanted())
            : children(space, steps.walk.suggestedOnly()).onSuccess(steps::open).mapEmpty();
    return read.compose(done -> go(steps));
  }

  private Future<Void> look(Steps steps, Set<String> wanted) {
    return previews
        .of(steps.walk.userId(), wanted)
        .map(
            found -> {
              steps.known.putAll(found);
              steps.looked.addAll(wanted);
              return null;
            });
  }

  private Future<List<SpaceChild>> children(RoomPreview preview, boolean suggestedOnly) {
    return rooms
        .stateAt(preview.room().roomId(), "m.space.child", NOW)
        .compose(rows -> events.show(rows.stream().map(StateRow::event).toList()))
        .map(
            shown ->
                shown.stream()
                    .flatMap(event -> SpaceChild.of(event.event().pdu()).stream())
                    .filter(child -> child.suggested() || !suggestedOnly)
                    .sorted(SpaceChild.ORDER)
                    .toList());
  }

  /** One page in the making. Not thread-safe. */
  private static final class Steps {
    private final SpaceWalk walk;
    private final int limit;
    private final Deque<SpaceWalk.Place> ahead;
    private final Set<String> seen;
    private final Set<String> looked = new HashSet<>();
    private final Map<String, RoomPreview> known = new HashMap<>();
    private final List<SpaceRoom> met = new ArrayList<>();
    private int taken;
    private int held;

    /** What the space holds that comes next; null until that is read. */
    private @Nullable List<SpaceChild> children;

    Steps(SpaceWalk walk, int limit) {
      this.walk = walk;
      this.limit = limit;
      this.ahead = new ArrayDeque<>(walk.ahead());
      this.seen = new HashSet<>(walk.seen());
    }

    boolean done() {
      return met.size() >= limit || ahead.isEmpty() || taken >= MAX_STEPS || held >= MAX_CHILDREN;
    }

    /** The rooms that come next, as far as nobody has looked at them. */
    Set<String> wanted() {
      Set<String> wanted = new HashSet<>();
      Iterator<SpaceWalk.Place> next = ahead.iterator();
      for (int i = met.size(); i < limit && next.hasNext(); i++) {
        String roomId = next.next().roomId();
        if (!seen.contains(roomId) && !looked.contains(roomId)) {
          wanted.add(roomId);
        }
      }
      return wanted;
    }

    /** The space that comes next, if that is one; it cannot be taken before it is opened. */
    @Nullable RoomPreview space() {
      RoomPreview next = known.get(ahead.getFirst().roomId());
      return next != null && next.room().nature().isSpace() ? next : null;
    }

    /** Takes what the space holds that comes next. */
    void open(List<SpaceChild> children) {
      this.children = children;
    }

    /** Takes the rooms that were looked at, until one comes that was not, or was not opened. */
    void advance() {
      while (!done() && (seen.contains(ahead.getFirst().roomId()) || isClear())) {
        SpaceWalk.Place place = ahead.removeFirst();
        taken++;
        RoomPreview room = known.get(place.roomId());
        if (seen.add(place.roomId()) && room != null) {
          List<SpaceChild> inside = children == null ? List.of() : children;
          children = null;
          held += inside.size();
          met.add(new SpaceRoom(room.room(), inside));
          enter(place, inside);
        }
      }
    }

    private boolean isClear() {
      return looked.contains(ahead.getFirst().roomId()) && (space() == null || children != null);
    }

    private void enter(SpaceWalk.Place place, Collection<SpaceChild> children) {
      if (place.depth() >= walk.maxDepth()
          || ahead.size() + seen.size() + children.size() > MAX_WALK) {
        return;
      }
      List<SpaceChild> ordered = new ArrayList<>(children);
      for (int i = ordered.size() - 1; i >= 0; i--) {
        String child = ordered.get(i).roomId();
        if (!seen.contains(child)) {
          ahead.addFirst(new SpaceWalk.Place(child, place.depth() + 1));
        }
      }
    }

    Page page() {
      List<SpaceWalk.Place> left =
          ahead.stream().filter(place -> !seen.contains(place.roomId())).toList();
      return new Page(
          List.copyOf(met),
          left.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new SpaceWalk(
                      walk.userId(),
                      walk.root(),
                      walk.suggestedOnly(),
                      walk.maxDepth(),
                      left,
                      seen)));
    }
  }
}
