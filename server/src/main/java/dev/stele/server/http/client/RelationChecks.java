package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.http.BadRequest;
import dev.stele.server.projection.Relations;
import dev.stele.server.projection.Rooms;
import dev.stele.server.record.Relation;
import dev.stele.server.record.Transaction;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;

/**
 * Which relations clients may not make. Client-server API, "Validation of m.thread relationships"
 * and "Avoiding duplicate annotations". Thread-safe.
 */
public final class RelationChecks {
  private final Rooms rooms;
  private final Relations relations;
  private final EventCache events;

  public RelationChecks(Rooms rooms, Relations relations, EventCache events) {
    this.rooms = rooms;
    this.relations = relations;
    this.events = events;
  }

  /**
   * Completes if the event may be sent as far as its relation goes, and fails with a {@link
   * BadRequest} if not. Whoever is not in the room learns nothing here.
   */
  Future<Void> check(String roomId, String type, ObjectNode content, Transaction request) {
    Relation relation = Relation.of(content).orElse(null);
    if (relation == null) {
      return Future.succeededFuture();
    }
    boolean annotates = relation.type().equals(Relation.ANNOTATION) && relation.key() != null;
    if (!annotates && !relation.type().equals(Relation.THREAD)) {
      return Future.succeededFuture();
    }
    return rooms
        .membership(request.userId(), roomId)
        .compose(
            member -> {
              if (member.isEmpty() || !member.get().membership().equals("join")) {
                return Future.succeededFuture();
              }
              return annotates
                  ? checkAnnotation(roomId, type, relation, request)
                  : checkThread(roomId, relation);
            });
  }

  private Future<Void> checkThread(String roomId, Relation relation) {
    return events
        .byId(List.of(relation.parentId()))
        .map(
            found -> {
              KnownEvent root = found.get(relation.parentId());
              if (root != null
                  && root.pdu().roomId().equals(roomId)
                  && Relation.of(root.pdu()).isPresent()) {
                throw new BadRequest(
                    MatrixError.of(
                            ErrorCode.UNKNOWN,
                            "No thread can begin with an event that relates to another one")
                        .withStatus(400));
              }
              return null;
            });
  }

  private Future<Void> checkAnnotation(
      String roomId, String type, Relation relation, Transaction request) {
    String key = Objects.requireNonNull(relation.key());
    return relations
        .annotations(roomId, relation.parentId(), request.userId(), type, key.hashCode())
        .compose(events::byId)
        .map(
            found -> {
              for (KnownEvent event : found.values()) {
                boolean same =
                    Relation.of(event.pdu()).filter(r -> key.equals(r.key())).isPresent();
                if (same && !request.equals(event.event().transaction())) {
                  throw new BadRequest(
                      ErrorCode.DUPLICATE_ANNOTATION, "You have annotated the event so already");
                }
              }
              return null;
            });
  }
}
