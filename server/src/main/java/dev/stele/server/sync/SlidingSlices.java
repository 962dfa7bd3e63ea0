package dev.stele.server.sync;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.event.Viewer;
import dev.stele.server.filter.Filter;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.sliding.RequiredState;
import dev.stele.server.sliding.RoomConfig;
import dev.stele.server.sliding.SentRoom;
import dev.stele.stateres.event.Pdu;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Timelines and state of the rooms of an answer, read as {@code /sync} reads them: from the newest
 * records where those suffice, and many rooms at once from the projections. Belongs to one event
 * loop.
 */
final class SlidingSlices {
  private static final int CHUNK = 50;

  private final SyncServices services;
  private final LiveView view;
  private final ActiveUser user;
  private final Viewer viewer;
  private final long upTo;
  private final Map<String, SlidingRoom> rooms = new HashMap<>();
  private final Map<String, SlidingSlice> slices = new HashMap<>();

  SlidingSlices(SyncServices services, LiveView view, ActiveUser user, Viewer viewer, long upTo) {
    this.services = services;
    this.view = view;
    this.user = user;
    this.viewer = viewer;
    this.upTo = upTo;
  }

  /** Rooms that can be read together. */
  private record Group(RoomConfig config, long after) {}

  /** The slices by room; none of rooms that the user is only invited to, or has knocked at. */
  Future<Map<String, SlidingSlice>> read(List<SlidingRoom> wanted) {
    Map<Group, List<MembershipRow>> stored = new LinkedHashMap<>();
    Future<?> read = Future.succeededFuture();
    for (SlidingRoom room : wanted) {
      if (!room.isOffer()) {
        rooms.put(room.id(), room);
        long after = room.isExpanded() ? 0 : room.after();
        if (isRecent(room, after)) {
          read = then(read, room, after);
        } else {
          stored
              .computeIfAbsent(new Group(room.config(), after), group -> new ArrayList<>())
              .add(room.row());
        }
      }
    }
    for (Map.Entry<Group, List<MembershipRow>> group : stored.entrySet()) {
      read = read.compose(done -> readStored(group.getKey(), group.getValue(), 0));
    }
    return read.map(done -> slices);
  }

  private boolean isRecent(SlidingRoom room, long after) {
    return room.isJoined()
        && after > 0
        && view.window().covers(after)
        && view.stays().wasThere(room.row(), after);
  }

  /** What can be read at once is not chained, so as not to nest. */
  private Future<?> then(Future<?> before, SlidingRoom room, long after) {
    if (before.succeeded()) {
      return readRecent(room, after);
    }
    return before.compose(done -> readRecent(room, after));
  }

  private Future<Void> readRecent(SlidingRoom room, long after) {
    return view.here(
            services
                .recentRooms()
                .read(view, user, request(room.config(), after, isLazy(room)), room.id(), upTo))
        .map(
            reading -> {
              keep(reading);
              return null;
            });
  }

  /** Members who are named are among what is read unless it is lazily. */
  private static boolean isLazy(SlidingRoom room) {
    RequiredState required = room.config().requiredState();
    return !required.allMembers() && required.certainMembers().isEmpty();
  }

  private Future<Void> readStored(Group group, List<MembershipRow> rows, int first) {
    if (first >= rows.size()) {
      return Future.succeededFuture();
    }
    int end = Math.min(first + CHUNK, rows.size());
    RequiredState required = group.config.requiredState();
    SyncRequest request = request(group.config, group.after, !required.allMembers());
    return view.here(
            services
                .storedRooms()
                .read(view, request, upTo, rows.subList(first, end), required.certainMembers()))
        .compose(
            readings -> {
              readings.forEach(this::keep);
              return readStored(group, rows, end);
            });
  }

  private void keep(RoomReading reading) {
    SlidingRoom room = rooms.get(reading.roomId());
    if (room != null) {
      slices.put(reading.roomId(), trimmed(room, reading));
    }
  }

  /** A request of /sync that asks for as much. */
  private SyncRequest request(RoomConfig config, long after, boolean lazy) {
    RequiredState required = config.requiredState();
    ObjectNode filter = JsonNodeFactory.instance.objectNode();
    ObjectNode room = filter.putObject("room").put("include_leave", true);
    room.putObject("timeline").put("limit", config.timelineLimit());
    ObjectNode state =
        room.putObject("state")
            .put("lazy_load_members", lazy)
            .put("include_redundant_members", true);
    Set<String> types = required.types();
    if (!types.isEmpty()) {
      ArrayNode names = state.putArray("types");
      // A star is no wildcard here.
      types.stream().filter(type -> type.indexOf('*') < 0).forEach(names::add);
    }
    return new SyncRequest(
        viewer,
        after == 0 ? null : new SyncToken(after, 0),
        false,
        true,
        "online",
        Duration.ZERO,
        Filter.parse(filter));
  }

  /** Of what was read, what is wanted and new. */
  private SlidingSlice trimmed(SlidingRoom room, RoomReading reading) {
    Slice slice = reading.slice();
    SentRoom sent = room.sent();
    List<ShownEvent> timeline = slice.timeline();
    boolean limited = slice.limited();
    long known = (sent == null || room.isInitial()) ? 0 : sent.position();
    if (room.isExpanded() && !room.hasLongerTimeline()) {
      timeline = timeline.stream().filter(event -> event.event().position() > known).toList();
      limited &= timeline.size() == slice.timeline().size();
    }
    Predicate<ShownEvent> wanted = wanted(room, timeline, limited);
    List<ShownEvent> state =
        slice.state().stream()
            .filter(
                event ->
                    room.hasMoreState()
                        || event.event().position() > known
                        || isMember(event.event().pdu()))
            .filter(wanted)
            .toList();
    return new SlidingSlice(
        new Slice(state, timeline, limited, slice.start(), slice.summary()),
        many(reading.members(), room, wanted));
  }

  /** Members of large rooms; whoever knows them already is told those who have changed. */
  private static SlidingSlice.@Nullable Members many(
      @Nullable ManyMembers members, SlidingRoom room, Predicate<ShownEvent> wanted) {
    long known = room.hasMoreState() ? 0 : room.after();
    return members == null
        ? null
        : new SlidingSlice.Members(members, wanted.and(event -> event.event().position() > known));
  }

  private Predicate<ShownEvent> wanted(
      SlidingRoom room, List<ShownEvent> timeline, boolean limited) {
    RequiredState required = room.config().requiredState();
    Set<String> people = new HashSet<>();
    for (ShownEvent event : timeline) {
      Pdu pdu = event.event().pdu();
      people.add(pdu.sender());
      if (isMember(pdu)) {
        people.add(pdu.stateKey());
      }
    }
    boolean everyChange = !room.isInitial() && !room.isExpanded() && !limited;
    return event -> {
      Pdu pdu = event.event().pdu();
      String key = pdu.stateKey();
      if (key == null) {
        return false;
      }
      boolean lazy =
          required.lazyMembers() && isMember(pdu) && (everyChange || people.contains(key));
      return lazy || required.includes(pdu.type(), key, user.userId());
    };
  }

  private static boolean isMember(Pdu pdu) {
    return pdu.isState() && pdu.type().equals("m.room.member");
  }
}
