package dev.stele.server.history;

import dev.stele.server.event.Bundle;
import dev.stele.server.event.ClientEvents;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.projection.AggregatedRow;
import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.RelatedEvent;
import dev.stele.server.projection.Relations;
import dev.stele.server.projection.Relations.Aggregating;
import dev.stele.server.projection.Relations.Parent;
import dev.stele.server.record.Relation;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds to events what relates to them, as far as the viewer may see it: one question for a page,
 * and another one if threads are on it. Thread-safe.
 */
public final class Aggregations {
  /** How many replies are looked through for those that a viewer with gaps may see. */
  private static final int REPLIES_EXAMINED = 1_000;

  private final Relations relations;
  private final ClientEvents events;

  public Aggregations(Relations relations, ClientEvents events) {
    this.relations = relations;
    this.events = events;
  }

  /**
   * The same events with their bundles.
   *
   * @param page events of one room
   * @param userId the viewer
   * @param history what of that room the viewer may see
   */
  public Future<List<ShownEvent>> bundle(
      String roomId, List<ShownEvent> page, String userId, VisibleHistory history) {
    return bundle(new Request(roomId, userId, history), page);
  }

  private record Request(String roomId, String userId, VisibleHistory history) {}

  private Future<List<ShownEvent>> bundle(Request request, List<ShownEvent> page) {
    return children(request, page)
        .compose(
            children ->
                children.isEmpty()
                    ? Future.succeededFuture(page)
                    : show(request, children.values())
                        .map(shown -> assemble(page, children, shown, request.userId)));
  }

  /** By parent, what of its children is to be shown. */
  private Future<Map<String, Children>> children(Request request, Collection<ShownEvent> page) {
    List<Parent> parents = new ArrayList<>();
    Set<String> roots = new HashSet<>();
    for (ShownEvent shown : page) {
      if (!shown.event().pdu().isState()) {
        parents.add(parent(shown));
        // An event that relates to another one cannot begin a thread.
        if (relationType(shown).isEmpty()) {
          roots.add(shown.event().id());
        }
      }
    }
    VisibleHistory history = request.history;
    int replies = history.reachesEverything() ? 1 : REPLIES_EXAMINED;
    return parents.isEmpty()
        ? Future.succeededFuture(Map.of())
        : relations
            .aggregated(
                request.roomId,
                parents,
                new Aggregating(request.userId, history.ignored(), replies))
            .map(
                rows ->
                    collect(
                        rows.stream().filter(row -> counts(row.event(), roots, history)).toList(),
                        history));
  }

  private static boolean counts(RelatedEvent child, Set<String> roots, VisibleHistory history) {
    boolean reply = child.relationType().equals(Relation.THREAD);
    return history.canSee(child.row()) && (!reply || roots.contains(child.parentId()));
  }

  private static Map<String, Children> collect(List<AggregatedRow> rows, VisibleHistory history) {
    Map<String, Children> children = new HashMap<>();
    for (AggregatedRow row : rows) {
      children
          .computeIfAbsent(row.event().parentId(), id -> new Children())
          .add(row, history.reachesEverything());
    }
    return children;
  }

  /** Who may edit an event: its sender, unless it is redacted or an edit itself. */
  private static Parent parent(ShownEvent shown) {
    boolean edit = relationType(shown).filter(Relation.REPLACE::equals).isPresent();
    boolean editable = !edit && !shown.event().event().erased();
    return new Parent(
        shown.event().id(),
        editable ? shown.event().pdu().sender() : null,
        shown.event().pdu().type());
  }

  private static Optional<String> relationType(ShownEvent shown) {
    return Relation.of(shown.event().pdu()).map(Relation::type);
  }

  /** The edits and the latest replies, by id; the replies with their own bundles. */
  private Future<Map<String, ShownEvent>> show(Request request, Collection<Children> children) {
    List<EventRow> edits = new ArrayList<>();
    List<EventRow> replies = new ArrayList<>();
    for (Children of : children) {
      if (of.edit != null) {
        edits.add(of.edit);
      }
      if (of.latest != null) {
        replies.add(of.latest);
      }
    }
    return Future.all(
            events.show(edits),
            events.show(replies).compose(shown -> bundleReplies(request, shown)))
        .map(
            both -> {
              Map<String, ShownEvent> byId = new HashMap<>();
              both.<List<ShownEvent>>resultAt(0).forEach(e -> byId.put(e.event().id(), e));
              both.<List<ShownEvent>>resultAt(1).forEach(e -> byId.put(e.event().id(), e));
              return byId;
            });
  }

  /** No reply begins a thread, so that this ends. */
  private Future<List<ShownEvent>> bundleReplies(Request request, List<ShownEvent> replies) {
    return replies.isEmpty() ? Future.succeededFuture(replies) : bundle(request, replies);
  }

  private static List<ShownEvent> assemble(
      List<ShownEvent> page,
      Map<String, Children> children,
      Map<String, ShownEvent> shown,
      String userId) {
    List<ShownEvent> bundled = new ArrayList<>(page.size());
    for (ShownEvent parent : page) {
      Children of = children.get(parent.event().id());
      bundled.add(of == null ? parent : parent.with(of.bundle(parent, shown, userId)));
    }
    return bundled;
  }

  /** What of the children of one event is to be shown. */
  private static final class Children {
    private @Nullable EventRow edit;
    private final List<String> references = new ArrayList<>();
    private @Nullable EventRow latest;
    private long replies;
    private boolean participated;

    /**
     * @param counted whether the row says how many replies there are
     */
    void add(AggregatedRow aggregated, boolean counted) {
      EventRow row = aggregated.event().row();
      switch (aggregated.event().relationType()) {
        case Relation.REPLACE -> edit = edit == null ? row : edit;
        case Relation.REFERENCE -> references.add(row.eventId());
        default -> {
          latest = latest == null ? row : latest;
          replies = counted ? aggregated.replies() : replies + 1;
          participated |= aggregated.participated();
        }
      }
    }

    Bundle bundle(ShownEvent parent, Map<String, ShownEvent> shown, String userId) {
      ShownEvent replacement = edit == null ? null : shown.get(edit.eventId());
      ShownEvent reply = latest == null ? null : shown.get(latest.eventId());
      boolean own = parent.event().pdu().sender().equals(userId);
      return new Bundle(
          replacement,
          references,
          reply == null ? null : new Bundle.ThreadSummary(reply, replies, participated || own));
    }
  }
}
